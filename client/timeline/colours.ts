import type { Tint } from '../facts/components.ts';

/** The colours of the page, as a canvas needs them. */
export interface Colours {
  readonly pane: string;
  readonly raised: string;
  readonly line: string;
  readonly lineStrong: string;
  readonly text: string;
  readonly textSoft: string;
  readonly textQuiet: string;
  readonly brand: string;
  readonly brandGround: string;
  readonly bad: string;
  readonly badGround: string;
  readonly okGround: string;
  readonly ok: string;
  readonly warn: string;
  readonly groups: Readonly<Record<'people' | 'machine' | 'parent' | 'below' | 'child', string>>;
  readonly tints: Readonly<Record<Tint, string>>;
}

export const readColours = (element: Element): Colours => {
  const style = getComputedStyle(element);
  const of = (name: string): string => style.getPropertyValue(`--e-${name}`).trim();
  return {
    pane: of('pane'),
    raised: of('raised'),
    line: of('line'),
    lineStrong: of('line-strong'),
    text: of('text'),
    textSoft: of('text-soft'),
    textQuiet: of('text-quiet'),
    brand: of('brand'),
    brandGround: of('brand-ground'),
    bad: of('bad'),
    badGround: of('bad-ground'),
    ok: of('ok'),
    okGround: of('synthetic-ground'),
    warn: of('warn'),
    groups: {
      people: of('warn'),
      machine: of('brand'),
      parent: of('root-line'),
      below: of('hypervisor-line'),
      child: of('child-line'),
    },
    tints: {
      hypercall: of('hypercall'),
      synthetic: of('synthetic'),
      intercept: of('intercept'),
      brand: of('brand'),
      quiet: of('text-quiet'),
    },
  };
};
