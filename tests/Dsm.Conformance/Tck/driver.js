// Runs the Test Compliance Kit without its pages: asks the kit's own classes for the tree of tests, runs each test against an
// endpoint, hands results from parent to child as the kit's page does, and prints one JSON object a test.
//
//   node driver.js <folder of the kit> <endpoint> <version, e.g. v1.4.0> <Full|Basic> <seed> [<group>=<Accept of requests without one> ...]
//
// The kit picks artefacts by chance; the seed makes the choice repeatable.
'use strict';
const path = require('path');

const [kit, endpoint, version, mode, seed, ...accepts] = process.argv.slice(2);
const manager = path.join(path.resolve(kit), 'sdmx-tck-manager');
process.chdir(manager); // the kit finds its schemas from here
const print = console.log;
console.log = () => {};

const kitModule = name => require(path.join(manager, 'src', name));
const rest = require(path.join(manager, 'node_modules', 'sdmx-rest'));
const { constants } = require(path.join(manager, 'node_modules', 'sdmx-tck-api'));
const { TEST_INDEX, TEST_TYPE, TEST_STATE, STRUCTURES_REST_RESOURCE } = constants;
const model = kitModule('builders/TestsModelBuilder.js');
const managers = kitModule('manager/TestExecutionManagerFactory.js');
const dataSource = kitModule('builders/data-queries-builders/DataQueriesDataBuilder.js');
const schemaSource = kitModule('builders/schema-queries-builders/XSDTestsDataBuilder.js');

Math.random = (state => () => {
  state = (state + 0x6D2B79F5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
})(Number(seed));

const overHttp = value => value === undefined ? undefined : JSON.parse(JSON.stringify(value));
let accept;
const request2 = rest.request2;
rest.request2 = (url, options) => accept && !Object.keys((options || {}).headers || {}).some(h => h.toLowerCase() === 'accept')
  ? request2(url, { ...options, headers: { ...(options || {}).headers, accept } })
  : request2(url, options);

async function prepareData(group) {
  const data = overHttp(await dataSource.buildDataQueriesData(endpoint, version)) || {};
  const give = test => {
    if (!data.refDf || !data.indicativeSeries) return;
    identify(test, data.refDf);
    const t = test.reqTemplate;
    if (t.startPeriod || t.endPeriod || t.firstNObservations || t.lastNObservations || t.updatedAfter) test.indicativeSeries = overHttp(data.indicativeSeries);
    (test.subTests || []).forEach(give);
  };
  group.subTests.forEach(give);
}

async function prepareSchemas(group) {
  const constrained = overHttp(await schemaSource.buildXSDDataFromConstraint(endpoint, version)) || {};
  const random = {};
  for (const resource of [STRUCTURES_REST_RESOURCE.datastructure, STRUCTURES_REST_RESOURCE.dataflow, STRUCTURES_REST_RESOURCE.provisionagreement]) {
    random[resource] = overHttp(await schemaSource.buildXSDDataWithoutConstraint(resource, endpoint, version));
  }
  for (const test of group.subTests) {
    if (![TEST_TYPE.SCHEMA_IDENTIFICATION_PARAMETERS_WITH_CONSTRAINTS, TEST_TYPE.SCHEMA_FURTHER_DESCRIBING_PARAMETERS_WITH_CONSTRAINTS].includes(test.testType)) {
      identify(test, random[test.resource]);
    } else if (constrained[test.resource]) {
      identify(test, constrained[test.resource].identifiers);
      if (test.reqTemplate.version !== 'latest') test.constraintParent = constrained[test.resource].constraintParent;
    }
  }
}

function identify(test, reference) {
  if (!reference) return;
  test.identifiers = { structureType: reference.structureType, agency: reference.agencyId, id: reference.id, version: reference.version };
}

async function run(test, parent) {
  if (parent && test.state !== TEST_STATE.UNABLE_TO_RUN
    && (test.testType === TEST_TYPE.STRUCTURE_REFERENCE_PARTIAL || (test.testType === TEST_TYPE.DATA_AVAILABILITY && test.reqTemplate.component))) {
    test.parentWorkspace = parent.workspace;
  }

  let result = test, covered = false, compliant = false;
  if (test.state !== TEST_STATE.UNABLE_TO_RUN) {
    const { subTests, ...alone } = test;
    result = overHttp(await managers.getTestsManager(test.index).executeTest(overHttp(alone), version, endpoint));
    compliant = (result.httpResponseValidation || {}).status === 1;
    covered = compliant && ((result.workspaceValidation || {}).status === 1 || (result.httpResponseHeadersValidation || {}).status === 1);
  }

  print(JSON.stringify({
    group: test.index, id: test.testId, type: test.testType, compliant, covered,
    status: (result.httpResponseValidation || {}).httpStatus, url: (result.httpResponseValidation || {}).url,
    why: covered ? undefined : result.failReason || 'not covered',
  }));
  for (const child of test.subTests || []) {
    if (covered) hand(result, child);
    else cannotRun(child, 'a test before it failed');
    if (covered && child.requireItems && !(child.items || []).length) cannotRun(child, 'no items');
    await run(child, result);
  }
}

function hand(result, child) {
  if (child.requireRandomSdmxObject) identify(child, result.randomStructure);
  if (child.requireItems) child.items = child.testType === TEST_TYPE.STRUCTURE_TARGET_CATEGORY ? (result.randomItems || []).slice(0, 1) : result.randomItems;
  if (child.requireRandomKey) child.randomKeys = overHttp(result.randomKeys);
}

function cannotRun(test, why) {
  test.state = TEST_STATE.UNABLE_TO_RUN;
  test.failReason = why;
}

(async () => {
  for (const group of overHttp(model.createTestsModel(version, Object.values(TEST_INDEX), mode))) {
    accept = (accepts.find(a => a.startsWith(group.id + '=')) || '').slice(group.id.length + 1);
    if (group.id === TEST_INDEX.Data) await prepareData(group);
    if (group.id === TEST_INDEX.Schema) await prepareSchemas(group);
    for (const test of group.subTests) await run(test);
  }
})().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
