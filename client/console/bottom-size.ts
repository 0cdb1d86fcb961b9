/** What the lower part of the screen is remembered by, in this browser. */
export interface BottomMemory {
  /** Pixels; null as long as nobody has chosen. */
  readonly height: number | null;
  readonly collapsed: boolean;
  /** `facts`, `new`, or the id of a console. */
  readonly shown: string;
  /** Whether the terminal speaks to a screen reader. */
  readonly aloud: boolean;
}

export const FIRST_TIME: BottomMemory = {
  height: null,
  collapsed: false,
  shown: 'facts',
  aloud: false,
};

export const LEAST_HEIGHT = 110;
/** What stays for everything above. */
const ABOVE = 250;

export const mostHeight = (windowHeight: number): number =>
  Math.max(LEAST_HEIGHT, windowHeight - ABOVE);

/** A console wants more rows than a list that is glanced at. */
export const heightOf = (
  { height, shown }: Pick<BottomMemory, 'height' | 'shown'>,
  windowHeight: number,
): number => {
  const share = shown === 'facts' ? 0.24 : 0.38;
  const [least, most] = shown === 'facts' ? [132, 240] : [220, 420];
  const own = Math.min(most, Math.max(least, windowHeight * share));
  return Math.round(Math.min(mostHeight(windowHeight), Math.max(LEAST_HEIGHT, height ?? own)));
};

/** What was kept, as far as it still makes sense. */
export const readMemory = (text: string | null): BottomMemory => {
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? 'null');
  } catch {
    return FIRST_TIME; // somebody else's, or half of it
  }
  if (typeof kept !== 'object' || kept === null) return FIRST_TIME;
  const { height, collapsed, shown, aloud } = { ...FIRST_TIME, ...kept };
  return {
    height: typeof height === 'number' && Number.isFinite(height) ? height : null,
    collapsed: Boolean(collapsed),
    shown: typeof shown === 'string' ? shown : FIRST_TIME.shown,
    aloud: Boolean(aloud),
  };
};
