// What stands around the content of every page.
import type { Language } from '../language.ts';
import type { Words } from '../words/words.ts';

export interface ShellModel {
  readonly language: Language;
  readonly words: Words;
  readonly title: string;
  /** Names the page to tests and style: `payment`, `challenge`, `waiting`, `outcome`, `refusal`. */
  readonly page: string;
  /** Trusted HTML, made by a template. */
  readonly content: string;
  /** Trusted CSS. */
  readonly style: string;
}

export const SHELL = `<!doctype html>
<html lang="<%= it.language %>" dir="<%= it.words.dir %>">
<head>
<meta charset="utf-8">
<title><%= it.title %></title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<style><%~ it.style %></style>
</head>
<body data-page="<%= it.page %>">
<header class="rehearsal">
<p><strong><%= it.words.rehearsal.title %></strong> <span><%= it.words.rehearsal.text %></span></p>
</header>
<main id="main">
<%~ it.content %>
</main>
</body>
</html>
`;
