import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

const found = async (page: Page, rules: readonly string[]): Promise<readonly string[]> => {
  await page.evaluate(axe);
  const all: readonly Violation[] = await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(rules)} }).then(({ violations }) => violations)`,
  );
  return all.flatMap(({ id, nodes }) =>
    nodes
      .filter(({ html }) => !html.includes('data-tabster-dummy'))
      .map(({ html }) => `${id}: ${html.slice(0, 200)}`),
  );
};

/** What axe finds, without the invisible stops that Fluent sets to keep the focus inside a menu. */
export const violations = (page: Page): Promise<readonly string[]> =>
  found(page, ['wcag2a', 'wcag2aa', 'wcag21aa']);

/** Of that, what has to do with colours: the only thing that another theme changes. */
export const colourViolations = (page: Page): Promise<readonly string[]> =>
  found(page, ['color-contrast', 'link-in-text-block']);
