import type { Browser } from 'playwright-core';
import { type Person, person } from '../browser/fixture.ts';
import type { Visitor } from '../kill/entry.ts';
import type { BenchHouse } from './bench-house.ts';

/** A browser of somebody who has come in already; without a visitor, of a stranger. */
export async function visit(
  browser: Browser,
  house: BenchHouse,
  visitor?: Visitor,
): Promise<Person> {
  const someone = await person(browser, house.url);
  const pairs = visitor === undefined ? [] : visitor.cookie.split('; ');
  await someone.context.addCookies(
    pairs.map(pair => {
      const at = pair.indexOf('=');
      return { name: pair.slice(0, at), value: pair.slice(at + 1), url: house.url };
    }),
  );
  return someone;
}

/** `/lab/x7/machines` of the lab `lab:x7`. */
export const viewOf = (lab: string, view: string): string =>
  `/lab/${lab.replace('lab:', '')}/${view}`;
