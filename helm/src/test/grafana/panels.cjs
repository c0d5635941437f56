// Says what each panel of the dashboards would draw. Standard input: a JSON list of
// {panel, results: [{refId, series}]}, where panel is a panel of a dashboard and series the `result` of Prometheus' answer
// to one of its queries. Standard output: for each the series that it draws and its values as text, in JSON.
//
// Frames are made as Grafana's Prometheus data source makes them; transformations, matchers and units are those of
// @grafana/data, values of options those of @grafana/schema. What lies in neither package is written out here after its
// documentation: "partition by values", and which fields an XY chart pairs.
'use strict';

globalThis.window = globalThis;
Object.defineProperty(globalThis, 'navigator', { value: { language: 'en-US', languages: ['en-US'] } });

const data = require('@grafana/data');
const fs = require('node:fs');
const path = require('node:path');
const { firstValueFrom, map } = require('rxjs');

const SCHEMA = path.join(
  __dirname,
  'node_modules/@grafana/schema/dist/esm/raw/composable/xychart/panelcfg/x/XYChartPanelCfg_types.gen.js',
);

/** The values of an enumeration of the chart's schema, which is published as a module of its own only. */
function valuesOf(name) {
  const text = fs.readFileSync(SCHEMA, 'utf8');
  const found = [...text.matchAll(new RegExp(`${name}\\d*\\["\\w+"\\] = "([^"]+)"`, 'g'))].map((value) => value[1]);
  if (found.length === 0) {
    throw new Error(`${SCHEMA}: has no ${name}`);
  }
  return found;
}
const MAPPINGS = valuesOf('SeriesMapping');
const SHOWN = valuesOf('XYShowMode');

/** Since this version an XY chart has its options as they are here; before it reads them as another format. */
const XY_OPTIONS_SINCE = 11.1;

const partitionByValues = {
  id: 'partitionByValues',
  name: 'Partition by values',
  operator: (options) => (source) =>
    source.pipe(map((frames) => frames.flatMap((frame) => partition(frame, options)))),
};

function partition(frame, options) {
  const keys = frame.fields.filter((field) => options.fields.includes(field.name));
  const rows = new Map();
  for (let row = 0; row < frame.length; row++) {
    const key = JSON.stringify(keys.map((field) => field.values[row]));
    rows.set(key, [...(rows.get(key) ?? []), row]);
  }
  return [...rows.values()].map((own) => {
    const labels = Object.fromEntries(keys.map((field) => [field.name, String(field.values[own[0]])]));
    const fields = frame.fields
      .filter((field) => options.keepFields || !keys.includes(field))
      .map((field) => ({
        ...field,
        labels: options.naming?.asLabels ? { ...field.labels, ...labels } : field.labels,
        values: own.map((row) => field.values[row]),
        state: undefined,
      }));
    const name = options.naming?.asLabels ? frame.name : Object.values(labels).join(' ');
    return { ...frame, name, fields, length: own.length };
  });
}

// Some stand there twice, by an older name, too.
const transformers = new Map(
  [...Object.values(data.standardTransformers), partitionByValues]
    .filter((transformer) => transformer?.id)
    .map((transformer) => [transformer.id, { id: transformer.id, name: transformer.name, transformation: transformer }]),
);
data.standardTransformersRegistry.setInit(() => [...transformers.values()]);
data.standardFieldConfigEditorRegistry.setInit(() => []);

/** The frames that the data source makes of one query's result. */
function frames(target, series, several) {
  if (target.format === 'table') {
    return [table(target, series, several ? `Value #${target.refId}` : 'Value')];
  }
  return series.map((one) => {
    const points = one.values ?? [one.value];
    const labels = { ...one.metric };
    const legend = target.legendFormat?.replace(/\{\{\s*(.+?)\s*\}\}/g, (_, label) => labels[label] ?? '');
    return data.toDataFrame({
      refId: target.refId,
      fields: [
        { name: 'Time', type: data.FieldType.time, values: points.map((point) => point[0] * 1000) },
        {
          name: 'Value',
          type: data.FieldType.number,
          labels,
          config: legend ? { displayNameFromDS: legend } : {},
          values: points.map((point) => Number(point[1])),
        },
      ],
    });
  });
}

function table(target, series, valueName) {
  const labels = [...new Set(series.flatMap((one) => Object.keys(one.metric)))].sort();
  return data.toDataFrame({
    refId: target.refId,
    fields: [
      { name: 'Time', type: data.FieldType.time, values: series.map((one) => one.value[0] * 1000) },
      ...labels.map((label) => ({
        name: label,
        type: data.FieldType.string,
        values: series.map((one) => one.metric[label] ?? ''),
      })),
      { name: valueName, type: data.FieldType.number, values: series.map((one) => Number(one.value[1])) },
    ],
  });
}

/** The settings of a field: those of the panel, and of the overrides that match it. */
function settings(panel, field, frame, all) {
  const config = structuredClone(panel.fieldConfig?.defaults ?? {});
  for (const override of panel.fieldConfig?.overrides ?? []) {
    if (data.getFieldMatcher(override.matcher)(field, frame, all)) {
      for (const { id, value } of override.properties) {
        const path = id.split('.');
        path.slice(0, -1).reduce((inner, key) => (inner[key] ??= {}), config)[path.at(-1)] = value;
      }
    }
  }
  return config;
}

/** Each pair of fields that an XY chart draws. */
function pairs(panel, all) {
  const version = parseFloat(panel.pluginVersion ?? '');
  if (!(version >= XY_OPTIONS_SINCE)) {
    return [];
  }
  const { mapping, series } = panel.options;
  if (!MAPPINGS.includes(mapping)) {
    throw new Error(`${panel.title}: options.mapping is ${mapping}`);
  }
  const number = { id: data.FieldMatcherID.byType, options: data.FieldType.number };
  return series.flatMap((one) =>
    all.flatMap((frame) => {
      if (mapping === 'manual' && !(one.frame && data.getFrameMatchers(one.frame.matcher)(frame))) {
        return [];
      }
      const numbers = frame.fields.filter((field) => field.type === data.FieldType.number);
      const isX = data.getFieldMatcher(one.x?.matcher ?? number);
      const isY = data.getFieldMatcher(one.y?.matcher ?? number);
      const x = numbers.find((field) => isX(field, frame, all));
      return x ? numbers.filter((y) => y !== x && isY(y, frame, all)).map((y) => ({ frame, x, y })) : [];
    }),
  );
}

const text = (config, value) =>
  data.formattedValueToString(data.getValueFormat(config.unit ?? 'none')(value, config.decimals));

function drawn(panel, all) {
  if (panel.type === 'xychart') {
    return pairs(panel, all).map(({ frame, x, y }) => {
      const config = settings(panel, y, frame, all);
      const show = config.custom?.show ?? 'points';
      if (!SHOWN.includes(show)) {
        throw new Error(`${panel.title}: custom.show is ${show}`);
      }
      return {
        name: data.getFieldDisplayName(y, frame, all),
        show,
        x: [...x.values],
        y: [...y.values],
        text: x.values.map((value) => text(settings(panel, x, frame, all), value)),
      };
    });
  }
  return all.flatMap((frame) =>
    frame.fields
      .filter((field) => field.type === data.FieldType.number && field.values.length > 0)
      .map((field) => ({
        name: data.getFieldDisplayName(field, frame, all),
        y: [...field.values],
        text: field.values.map((value) => text(settings(panel, field, frame, all), value)),
      })),
  );
}

async function main() {
  let input = '';
  for await (const chunk of process.stdin) {
    input += chunk;
  }
  const out = [];
  for (const { panel, results } of JSON.parse(input)) {
    const made = panel.targets.flatMap((target) =>
      frames(target, results.find((result) => result.refId === target.refId).series, panel.targets.length > 1),
    );
    for (const { id } of panel.transformations ?? []) {
      if (!data.standardTransformersRegistry.getIfExists(id)) {
        throw new Error(`${panel.title}: no transformation ${id}`);
      }
    }
    const all = await firstValueFrom(data.transformDataFrame(panel.transformations ?? [], made));
    out.push({ title: panel.title, drawn: drawn(panel, all) });
  }
  process.stdout.write(JSON.stringify(out));
}

main().catch((problem) => {
  console.error(problem);
  process.exitCode = 1;
});
