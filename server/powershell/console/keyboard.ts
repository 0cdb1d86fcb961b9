/** Somebody, by the house's id and by the name others read. */
export interface Who {
  readonly id: string;
  readonly name: string;
}

/** Who has the keyboard of a console, who asked for it, and how it goes from hand to hand. */
export class Keyboard {
  driver: Who | null;
  #wants: Who[] = [];

  constructor(driver: Who | null) {
    this.driver = driver;
  }

  get wants(): readonly Who[] {
    return this.#wants;
  }

  isDriver({ id }: Who): boolean {
    return this.driver?.id === id;
  }

  /** At once when nobody has it or whoever has it is away; otherwise it is asked for. */
  want(who: Who, isThere: (who: Who) => boolean): void {
    if (this.isDriver(who)) return;
    if (this.driver === null || !isThere(this.driver)) return this.#give(who);
    if (!this.#wants.some(({ id }) => id === who.id)) this.#wants.push(who);
  }

  wantNoMore({ id }: Who): void {
    this.#wants = this.#wants.filter(who => who.id !== id);
  }

  /** True when it is in that hand now. */
  hand(to: Who): void {
    this.#give(to);
  }

  #give(who: Who): void {
    this.driver = who;
    this.wantNoMore(who);
  }
}
