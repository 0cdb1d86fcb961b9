import { property } from './property.ts';
import { type Property, PSObject } from './ps-object.ts';

/** System.Version: two to four numbers; what is not given is -1. */
export class Version extends PSObject {
  readonly typeNames = ['System.Version', 'System.Object'];
  readonly parts: readonly number[];

  constructor(parts: readonly number[]) {
    super();
    this.parts = parts;
  }

  static parse(text: string): Version | null {
    const parts = text.trim().split('.');
    if (parts.length < 2 || parts.length > 4 || !parts.every(part => /^\d{1,9}$/.test(part)))
      return null;
    return new Version(parts.map(Number));
  }

  properties(): readonly Property[] {
    return ['Major', 'Minor', 'Build', 'Revision'].map((name, index) =>
      property(name, 'int', () => this.parts[index] ?? -1),
    );
  }

  text(): string {
    return this.parts.join('.');
  }

  compare(other: Version): number {
    for (let i = 0; i < 4; i += 1) {
      const by = (this.parts[i] ?? -1) - (other.parts[i] ?? -1);
      if (by !== 0) return Math.sign(by);
    }
    return 0;
  }
}
