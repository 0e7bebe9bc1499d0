// Templates as functions from a model to HTML; whatever a template prints is escaped, unless it says `<%~`.
import { Eta } from 'eta/core';

export type Template<Model extends object> = (model: Model) => string;

export interface Templates {
  /** In a template the model is `it`. Throws for a source that is no template. */
  readonly compile: <Model extends object>(source: string) => Template<Model>;
}

export function createTemplates(): Templates {
  const eta = new Eta({ autoEscape: true, useWith: false, cache: false });
  return {
    compile: (source) => {
      const run = eta.compile(source);
      return (model) => eta.render(run, model);
    },
  };
}
