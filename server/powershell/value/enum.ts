import { type Property, PSObject } from './ps-object.ts';
import { property } from './property.ts';
import { declareType } from './type-table.ts';
import type { Value } from './value.ts';

/** An enum of .NET: names with numbers; values are made once, so that equal ones are one object. */
export class EnumType {
  readonly name: string;
  readonly flags: boolean;
  readonly members: readonly (readonly [name: string, number: number])[];
  readonly #values = new Map<number, EnumValue>();

  constructor(name: string, members: readonly (readonly [string, number])[], flags = false) {
    this.name = name;
    this.members = members;
    this.flags = flags;
  }

  /** Also a number without a name, as .NET has it. */
  of(number: number): EnumValue {
    const known = this.#values.get(number);
    if (known !== undefined) return known;
    const made = new EnumValue(this, number);
    // Numbers without a name come from scripts; they are not kept.
    if (this.members.some(([, one]) => one === number)) this.#values.set(number, made);
    return made;
  }

  /** By name in any case, several of a flags enum behind commas; null when there is none. */
  parse(text: string): EnumValue | null {
    let sum = 0;
    for (const part of text.split(',')) {
      const name = part.trim().toLowerCase();
      const member = this.members.find(([one]) => one.toLowerCase() === name);
      if (member === undefined && !/^[+-]?\d{1,10}$/.test(name)) return null;
      sum |= member === undefined ? Number(name) : member[1];
    }
    return this.of(sum);
  }

  nameOf(number: number): string {
    const exact = this.members.find(([, one]) => one === number);
    if (exact !== undefined) return exact[0];
    const parts = this.flags
      ? this.members.filter(([, one]) => one !== 0 && (number & one) === one)
      : [];
    const covered = parts.reduce((sum, [, one]) => sum | one, 0);
    return parts.length > 0 && covered === number
      ? parts.map(([name]) => name).join(', ')
      : String(number);
  }
}

export class EnumValue extends PSObject {
  readonly type: EnumType;
  readonly number: number;

  constructor(type: EnumType, number: number) {
    super();
    this.type = type;
    this.number = number;
  }

  get typeNames(): readonly string[] {
    return [this.type.name, 'System.Enum', 'System.ValueType', 'System.Object'];
  }

  properties(): readonly Property[] {
    return [property('value__', 'int', () => this.number)];
  }

  text(): string {
    return this.type.nameOf(this.number);
  }

  override comparable(): Value {
    return this.number;
  }
}

const TYPES = new Map<string, EnumType>();

/** Declares an enum once, when its module is loaded, so that `[Name]` and casts find it. */
export const declareEnum = (
  name: string,
  members: readonly (readonly [string, number])[],
  flags = false,
): EnumType => {
  const known = TYPES.get(name.toLowerCase());
  if (known !== undefined) return known;
  const type = new EnumType(name, members, flags);
  TYPES.set(name.toLowerCase(), type);
  declareType(name);
  return type;
};

/** By the full name, in any case. */
export const enumType = (name: string): EnumType | undefined => TYPES.get(name.toLowerCase());

const counted = (names: string): (readonly [string, number])[] =>
  names.split(' ').map((name, number) => [name, number]);

export const DAY_OF_WEEK = declareEnum(
  'System.DayOfWeek',
  counted('Sunday Monday Tuesday Wednesday Thursday Friday Saturday'),
);
export const CONSOLE_COLOR = declareEnum(
  'System.ConsoleColor',
  counted(
    'Black DarkBlue DarkGreen DarkCyan DarkRed DarkMagenta DarkYellow Gray DarkGray Blue Green Cyan Red Magenta Yellow White',
  ),
);
export const DATE_TIME_KIND = declareEnum('System.DateTimeKind', counted('Unspecified Utc Local'));
export const MIDPOINT_ROUNDING = declareEnum(
  'System.MidpointRounding',
  counted('ToEven AwayFromZero'),
);
export const STRING_COMPARISON = declareEnum(
  'System.StringComparison',
  counted(
    'CurrentCulture CurrentCultureIgnoreCase InvariantCulture InvariantCultureIgnoreCase Ordinal OrdinalIgnoreCase',
  ),
);
export const STRING_SPLIT_OPTIONS = declareEnum(
  'System.StringSplitOptions',
  counted('None RemoveEmptyEntries'),
  true,
);
export const ACTION_PREFERENCE = declareEnum(
  'System.Management.Automation.ActionPreference',
  counted('SilentlyContinue Stop Continue Inquire Ignore'),
);
export const CONFIRM_IMPACT = declareEnum(
  'System.Management.Automation.ConfirmImpact',
  counted('None Low Medium High'),
);
export const REGEX_OPTIONS = declareEnum(
  'System.Text.RegularExpressions.RegexOptions',
  [
    ['None', 0],
    ['IgnoreCase', 1],
    ['Multiline', 2],
    ['ExplicitCapture', 4],
    ['Singleline', 16],
    ['IgnorePatternWhitespace', 32],
  ],
  true,
);
