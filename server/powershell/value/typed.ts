/** .NET's number types, and Char: scalars that a plain value cannot say. */
export type ScalarType =
  | 'Byte'
  | 'SByte'
  | 'Int16'
  | 'UInt16'
  | 'Int32'
  | 'UInt32'
  | 'Int64'
  | 'UInt64'
  | 'Single'
  | 'Double'
  | 'Decimal'
  | 'Char';

/** A scalar whose type its plain form would not tell. 64-bit values beyond 2^53 are bigints. */
export class Typed {
  readonly type: ScalarType;
  readonly value: number | bigint | string;

  constructor(type: ScalarType, value: number | bigint | string) {
    this.type = type;
    this.value = value;
  }
}
