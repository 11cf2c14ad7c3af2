// Validates JSON messages against the official SDMX-JSON schemas. Reads one request a line: {"schema": path, "draft": "04" | "07" | "2019",
// "base": path of a schema it refers to or null, "message": path}; answers one line each: an array of at most 20 errors, empty when the message is valid.
// The packages are found in the folder that the environment variable DSM_AJV names.
const fs = require('fs');
const { createRequire } = require('module');
const path = require('path');
const load = createRequire(path.join(process.env.DSM_AJV, 'package.json'));
const addFormats = load('ajv-formats').default;
const drafts = { '04': load('ajv-draft-04').default, '07': load('ajv').default, '2019': load('ajv/dist/2019').default };
const compiled = new Map();

function validator(schemaPath, draft, base) {
  const key = `${draft} ${base} ${fs.readFileSync(schemaPath, 'utf8')}`;
  if (!compiled.has(key)) {
    // The schemas of 1.0 and 2.0 have patterns that are not legal in Unicode mode, and name no draft.
    const ajv = new drafts[draft]({ strict: false, allErrors: true, unicodeRegExp: false, logger: false });
    addFormats(ajv, ['date', 'date-time', 'duration', 'uri', 'uri-reference', 'email']);
    const schema = JSON.parse(fs.readFileSync(schemaPath, 'utf8'));
    if (draft !== '2019') {
      delete schema.$schema;
    }

    if (draft === '07' && schema.id) {
      schema.$id = schema.$id || schema.id;
      delete schema.id;
    }

    if (base) {
      const below = JSON.parse(fs.readFileSync(base, 'utf8'));
      if (draft !== '2019') {
        delete below.$schema;
        below.$id = below.$id || below.id;
        delete below.id;
      }

      ajv.addSchema(below);
    }

    compiled.set(key, ajv.compile(schema));
  }

  return compiled.get(key);
}

require('readline').createInterface({ input: process.stdin }).on('line', line => {
  let answer;
  try {
    const { schema, draft, base, message } = JSON.parse(line);
    const validate = validator(schema, draft, base);
    answer = validate(JSON.parse(fs.readFileSync(message, 'utf8'))) ? [] : validate.errors
      // The deepest places first: the errors above them follow from theirs.
      .sort((a, b) => b.instancePath.length - a.instancePath.length)
      .slice(0, 20)
      .map(e => `${e.instancePath} ${e.keyword}: ${e.message} ${JSON.stringify(e.params).slice(0, 200)}`);
  } catch (e) {
    answer = [`${e}`];
  }

  process.stdout.write(JSON.stringify(answer) + '\n');
});
