// What the server said about one field, beside it.
export function FieldNote({ id, says }: { readonly id: string; readonly says: string | null }) {
  return (
    <p class="bad why" id={id} role={says === null ? undefined : 'alert'} hidden={says === null}>
      {says}
    </p>
  );
}
