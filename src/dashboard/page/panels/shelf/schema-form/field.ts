// A JSON Schema as fields of a form; what a form cannot show is a field for JSON.
export type Field =
  | { readonly is: 'text'; readonly long: boolean; readonly maxLength: number | undefined }
  | { readonly is: 'duration' }
  | {
      readonly is: 'number';
      readonly whole: boolean;
      readonly min: number | undefined;
      readonly max: number | undefined;
    }
  | { readonly is: 'flag' }
  | { readonly is: 'choice'; readonly values: readonly unknown[] }
  | { readonly is: 'object'; readonly fields: readonly NamedField[] }
  | { readonly is: 'list'; readonly item: Field; readonly max: number | undefined }
  | { readonly is: 'either'; readonly options: readonly Option[] }
  | { readonly is: 'json' };

export interface NamedField {
  readonly name: string;
  /** The schema's own words. */
  readonly says: string | null;
  readonly required: boolean;
  /** What it is when left out; undefined: simply unset. */
  readonly fallback: unknown;
  /** What it is when nothing at all is given. */
  readonly bare: unknown;
  readonly field: Field;
}

export interface Option {
  /** As `duration`, or the names of its fields. */
  readonly title: string;
  readonly field: Field;
}

type Schema = Readonly<Record<string, unknown>>;

/** A text longer than this is written on several lines. */
const LONG_CHARS = 1000;

export function fieldOf(schema: unknown): Field {
  if (!isSchema(schema)) return { is: 'json' };
  const options = listIn(schema, 'anyOf') ?? listIn(schema, 'oneOf');
  if (options) return eitherOf(options);
  if (Array.isArray(schema.enum)) return { is: 'choice', values: schema.enum };
  if ('const' in schema) return { is: 'choice', values: [schema.const] };
  if (Array.isArray(schema.type)) return eitherOf(schema.type.map((type) => ({ ...schema, type })));
  switch (schema.type) {
    case 'string':
      return isDuration(schema) ? { is: 'duration' } : textOf(numberIn(schema, 'maxLength'));
    case 'integer':
    case 'number':
      return {
        ...{ is: 'number', whole: schema.type === 'integer' },
        ...{ min: boundIn(schema, 'minimum'), max: boundIn(schema, 'maximum') },
      };
    case 'boolean':
      return { is: 'flag' };
    case 'null':
      return { is: 'choice', values: [null] };
    case 'array':
      return isSchema(schema.items)
        ? { is: 'list', item: fieldOf(schema.items), max: numberIn(schema, 'maxItems') }
        : { is: 'json' };
    case 'object':
      return isSchema(schema.properties) ? { is: 'object', fields: fieldsOf(schema) } : { is: 'json' };
    default:
      return { is: 'json' };
  }
}

/** Of an object; none for what is no object with known properties. */
export function fieldsOf(schema: unknown): NamedField[] {
  if (!isSchema(schema) || !isSchema(schema.properties)) return [];
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(schema.properties).map(([name, inner]) => ({
    name,
    says: isSchema(inner) && typeof inner.description === 'string' ? inner.description : null,
    required: required.includes(name),
    fallback: isSchema(inner) ? inner.default : undefined,
    bare: isSchema(inner) ? inner.bare : undefined,
    field: fieldOf(inner),
  }));
}

/** Where its fields stand in what is sent, with those inside of them. */
export function placesOf(fields: readonly NamedField[], path: string): string[] {
  return fields.flatMap(({ name, field }) => {
    const at = `${path}.${name}`;
    return [at, ...(field.is === 'object' ? placesOf(field.fields, at) : [])];
  });
}

/** Several constants are one choice. */
function eitherOf(schemas: readonly unknown[]): Field {
  const fields = schemas.map(fieldOf);
  if (fields.every((field) => field.is === 'choice'))
    return { is: 'choice', values: fields.flatMap((field) => ('values' in field ? field.values : [])) };
  return { is: 'either', options: fields.map((field) => ({ title: titleOf(field), field })) };
}

function titleOf(field: Field): string {
  switch (field.is) {
    case 'object':
      return field.fields.map(({ name }) => name).join(', ') || '{}';
    case 'choice':
      return field.values.map(String).join(', ');
    case 'number':
      return field.whole ? 'whole number' : 'number';
    default:
      return field.is;
  }
}

const textOf = (maxLength: number | undefined): Field => ({
  ...{ is: 'text', long: maxLength !== undefined && maxLength > LONG_CHARS, maxLength },
});

/** Durations are texts, known by the form they are written in. */
const isDuration = ({ pattern }: Schema): boolean => typeof pattern === 'string' && pattern.endsWith('(ms|s|m|h|d)$');

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listIn = (schema: Schema, name: string): readonly unknown[] | undefined => {
  const value = schema[name];
  return Array.isArray(value) ? value : undefined;
};

function numberIn(schema: Schema, name: string): number | undefined {
  const value = schema[name];
  return typeof value === 'number' ? value : undefined;
}

/** A bound that only says that numbers end somewhere is none. */
function boundIn(schema: Schema, name: string): number | undefined {
  const bound = numberIn(schema, name);
  return bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER ? bound : undefined;
}
