// The component schemas of the OpenAPI document: one name for each shape, and JSON Schema made from them.
import { z } from 'zod';
import * as requests from '../operations/requests.ts';
import * as shapes from '../operations/schemas.ts';

export type Json = Readonly<Record<string, unknown>>;

const ANSWERS: Readonly<Record<string, z.ZodType>> = {
  Health: shapes.healthShape,
  Session: shapes.sessionShape,
  SessionPage: shapes.sessionPageShape,
  Seat: shapes.seatShape,
  SeatMap: shapes.seatMapShape,
  Reservation: shapes.reservationShape,
  DiscountVerdict: shapes.discountVerdictShape,
  Order: shapes.orderShape,
  OrderPage: shapes.orderPageShape,
  PendingOrder: shapes.pendingShape,
  Waiting: shapes.waitingShape,
  Admitted: shapes.admittedShape,
  Problem: shapes.problemShape,
};

const COMPONENTS: Readonly<Record<string, z.ZodType>> = {
  ...ANSWERS,
  ReserveRequest: requests.reserveBody,
  DiscountRequest: requests.discountBody,
  OrderRequest: requests.orderBody,
  CompleteRequest: requests.completeBody,
  NoFields: requests.noBody,
};

export const ANSWER_SHAPES: readonly z.ZodType[] = Object.values(ANSWERS);

/** What is sent, without the bounds and patterns that zod adds on its own. */
const PLAINLY = {
  io: 'input',
  override: ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }) => plain(jsonSchema),
} as const;

function plain(schema: z.core.JSONSchema.BaseSchema): void {
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.format !== undefined) delete schema.pattern;
}

/** One schema on its own. */
export function jsonSchemaOf(schema: z.ZodType): z.core.JSONSchema.BaseSchema {
  return z.toJSONSchema(schema, PLAINLY);
}

const refOf = (name: string): string => `#/components/schemas/${name}`;

/** A reference to the component that a shape is. */
export function schemaRef(shape: z.ZodType): { $ref: string } {
  const found = Object.entries(COMPONENTS).find(([, component]) => component === shape);
  if (!found) throw new Error('every shape of an operation must be a component of the OpenAPI document');
  return { $ref: refOf(found[0]) };
}

/** Every component as JSON Schema 2020-12; components refer to each other. */
export function schemasAsJson(): Readonly<Record<string, unknown>> {
  const registry = z.registry<{ id: string }>();
  for (const [id, shape] of Object.entries(COMPONENTS)) registry.add(shape, { id });
  const { schemas } = z.toJSONSchema(registry, { ...PLAINLY, uri: refOf });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _schema, $id: _id, ...schema }]) => [name, schema]),
  );
}
