export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Spot {
  readonly left: number;
  readonly top: number;
}

const GAP = 14;
const EDGE = 10;

const within = (value: number, most: number): number =>
  Math.max(EDGE, Math.min(value, most - EDGE));

/**
 * Beside what it is about, on the first side with room for it; a part that is wider than high is left
 * uncovered below or above. Where no side has room, because the part fills the screen, it lies upon it.
 */
export const cardPlace = (anchor: Box | null, card: Size, screen: Size): Spot => {
  const most = { left: screen.width - card.width, top: screen.height - card.height };
  const around = anchor ?? { left: screen.width / 2, top: screen.height / 2, width: 0, height: 0 };
  const left = anchor === null ? most.left / 2 : around.left + around.width / 2 - card.width / 2;
  const top = anchor === null ? most.top / 2 : around.top;
  const beside: readonly Spot[] = [
    { left: around.left + around.width + GAP, top },
    { left: around.left - GAP - card.width, top },
  ];
  const overUnder: readonly Spot[] = [
    { left, top: around.top + around.height + GAP },
    { left, top: around.top - GAP - card.height },
  ];
  const isWide = around.width > around.height;
  const sides = isWide ? [...overUnder, ...beside] : [...beside, ...overUnder];
  const upon = { left, top: around.top + around.height - card.height - GAP };
  const { left: x, top: y } =
    anchor === null ? { left, top } : (sides.find(side => hasRoom(side, anchor, most)) ?? upon);
  return { left: within(x, most.left), top: within(y, most.top) };
};

/** Beside the part the card may be moved along it, but not onto it. */
const hasRoom = (side: Spot, anchor: Box, most: Spot): boolean => {
  const isBeside = side.top === anchor.top;
  return isBeside
    ? side.left >= EDGE && side.left <= most.left - EDGE
    : side.top >= EDGE && side.top <= most.top - EDGE;
};
