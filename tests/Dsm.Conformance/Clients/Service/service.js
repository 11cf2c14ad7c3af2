// Asks a running service with sdmx-rest and sdmx-json-parser, as their users do; one fact a line.
//
// service.js flows|structure|data|availability|schema ENDPOINT v1.5.0|v2.0.0     sdmx-rest
// service.js parsed ADDRESS                                                      sdmx-json-parser
'use strict';
const rest = require('sdmx-rest');
const { SDMXParser } = require('sdmx-json-parser');
const [what, address, api] = process.argv.slice(2);
const isV2 = api === 'v2.0.0';
const json = format => ({ headers: { accept: `application/vnd.sdmx.${format}+json;version=${isV2 ? '2.0.0' : '1.0.0'}` } });
const ask = async (query, format) => {
  const answer = await rest.request2(query, rest.getService({ url: address, api }), json(format));
  rest.checkMediaType(json(format).headers.accept, answer);
  return answer.json();
};
const line = (...fields) => console.log(fields.join('\t'));

const questions = {
  async flows() {
    const query = rest.getMetadataQuery({ resource: 'dataflow', agency: isV2 ? '*' : 'all', id: isV2 ? '*' : 'all', version: isV2 ? '~' : 'latest' });
    for (const flow of (await ask(query, 'structure')).data.dataflows) line('flow', flow.agencyID, flow.id);
  },
  async structure() {
    const query = rest.getMetadataQuery({ resource: 'datastructure', agency: 'SEED', id: 'DSD_STOCK', version: '1.0', references: 'descendants' });
    const { data } = await ask(query, 'structure');
    for (const dimension of data.dataStructures[0].dataStructureComponents.dimensionList.dimensions) line('dimension', dimension.id);
    for (const list of data.codelists) line('codelist', list.id, list.codes.length);
  },
  async data() {
    const query = isV2
      ? rest.getDataQuery2({ context: 'dataflow=SEED:DF_STOCK(1.0)', key: 'A.NORTH.F', filters: ['TIME_PERIOD=ge:2016+le:2018'] })
      : rest.getDataQuery({ flow: 'SEED,DF_STOCK,1.0', key: 'A.NORTH.F', start: '2016', end: '2018' });
    const { data } = await ask(query, 'data');
    const periods = (data.structure ?? data.structures[0]).dimensions.observation[0].values;
    for (const series of Object.values(data.dataSets[0].series)) {
      for (const [index, observation] of Object.entries(series.observations)) line('value', periods[index].id ?? periods[index].value, observation[0]);
    }
  },
  async availability() {
    const query = isV2 ? rest.getAvailabilityQuery2({ context: 'dataflow=SEED:DF_STOCK(1.0)' }) : rest.getAvailabilityQuery({ flow: 'SEED,DF_STOCK,1.0' });
    const { data } = await ask(query, 'structure');
    const constraint = (data.contentConstraints ?? data.availabilityConstraints ?? data.dataConstraints)[0];
    for (const key of constraint.cubeRegions[0].keyValues ?? constraint.cubeRegions[0].components ?? []) {
      if (key.values) line('key', key.id, ...key.values.map(v => v.value ?? v));
    }
  },
  async schema() {
    const query = rest.getSchemaQuery({ context: 'dataflow', agency: 'SEED', id: 'DF_STOCK', version: '1.0' });
    const text = await rest.request(query, rest.getService({ url: address, api }));
    line('schema', text.includes('"NORTH"'), text.includes('"WEST"'));
  },
  async parsed() {
    const parser = new SDMXParser();
    await parser.getDatasets(address);
    for (const row of parser.getData()) line('row', row.REF_AREA, row.SEX, row.TIME_PERIOD, row.value);
  },
};

questions[what]().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
