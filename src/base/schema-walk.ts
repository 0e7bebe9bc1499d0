// Finds the part of a schema that is about a place in a value.
import { z } from 'zod';

type Path = readonly PropertyKey[];

/** What a schema says at a path, as far as it can be followed; of a union, the part that knows the way. */
export function schemaAt(schema: unknown, path: Path): unknown {
  const here = unwrap(schema);
  const [part, ...rest] = path;
  if (part === undefined) return here;
  if (here instanceof z.ZodUnion) {
    for (const option of here.options) {
      const found = schemaAt(option, path);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  const inner = partOf(here, part);
  return inner === undefined ? undefined : schemaAt(inner, rest);
}

function partOf(schema: unknown, part: PropertyKey): unknown {
  if (schema instanceof z.ZodObject) return Object.hasOwn(schema.shape, part) ? schema.shape[String(part)] : undefined;
  if (schema instanceof z.ZodArray) return schema.element;
  return schema instanceof z.ZodRecord ? schema.valueType : undefined;
}

/** The schemas that a value may fit, one unless it is a union. */
export function optionsOf(schema: unknown): readonly unknown[] {
  const here = unwrap(schema);
  return here instanceof z.ZodUnion ? here.options.flatMap(optionsOf) : [here];
}

/** The fields an object schema knows at a path. */
export function keysAt(schema: z.ZodType, path: Path): string[] {
  const objects = optionsOf(schemaAt(schema, path)).filter((option) => option instanceof z.ZodObject);
  return [...new Set(objects.flatMap((option) => Object.keys(option.shape)))];
}

/** Without what makes it optional, gives it a default or goes on from it. */
function unwrap(schema: unknown): unknown {
  let here = schema;
  for (;;) {
    if (
      here instanceof z.ZodOptional ||
      here instanceof z.ZodDefault ||
      here instanceof z.ZodPrefault ||
      here instanceof z.ZodNullable
    )
      here = here.unwrap();
    else if (here instanceof z.ZodPipe) here = here.in;
    else return here;
  }
}
