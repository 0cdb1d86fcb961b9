import { property } from './property.ts';
import { type Property, PSObject } from './ps-object.ts';
import type { Match, Regex } from './regex/regex.ts';
import { List } from './list.ts';

/** [regex]"...": a regular expression as a value. */
export class RegexValue extends PSObject {
  readonly typeNames = ['System.Text.RegularExpressions.Regex', 'System.Object'];
  readonly regex: Regex;

  constructor(regex: Regex) {
    super();
    this.regex = regex;
  }

  properties(): readonly Property[] {
    return [];
  }

  text(): string {
    return this.regex.pattern;
  }
}

/** What [regex]::Match gives, and each of its groups. */
export class MatchValue extends PSObject {
  readonly typeNames: readonly string[];
  readonly success: boolean;
  readonly value: string;
  readonly index: number;
  readonly groups: readonly MatchValue[];

  constructor(
    value: string | undefined,
    index: number,
    groups: readonly MatchValue[] | null = null,
  ) {
    super();
    const own = groups === null ? 'Group' : 'Match';
    this.typeNames = [`System.Text.RegularExpressions.${own}`, 'System.Object'];
    this.success = value !== undefined;
    this.value = value ?? '';
    this.index = Math.max(index, 0);
    this.groups = groups ?? [];
  }

  static of(match: Match | null): MatchValue {
    if (match === null) return new MatchValue(undefined, 0, []);
    const groups = match.groups.map((text, i) => new MatchValue(text, match.starts[i] ?? 0));
    return new MatchValue(match.text, match.index, groups);
  }

  properties(): readonly Property[] {
    return [
      property(
        'Groups',
        'System.Text.RegularExpressions.GroupCollection',
        () => new List(this.groups),
      ),
      property('Success', 'bool', () => this.success),
      property('Index', 'int', () => this.index),
      property('Length', 'int', () => this.value.length),
      property('Value', 'string', () => this.value),
    ];
  }

  text(): string {
    return this.value;
  }
}
