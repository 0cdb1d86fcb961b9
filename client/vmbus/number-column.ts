type Numbers = Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

const ROOM = 1_024;

/** Numbers at the end of which there is always room. */
export class NumberColumn {
  readonly #Form: new (length: number) => Numbers;
  #values: Numbers;
  #count = 0;

  constructor(Form: new (length: number) => Numbers) {
    this.#Form = Form;
    this.#values = new Form(ROOM);
  }

  get count(): number {
    return this.#count;
  }

  push(value: number): void {
    if (this.#count === this.#values.length) {
      const wider = new this.#Form(this.#count * 2);
      wider.set(this.#values);
      this.#values = wider;
    }
    this.#values[this.#count] = value;
    this.#count += 1;
  }

  get(index: number): number {
    return this.#values[index] ?? 0;
  }
}
