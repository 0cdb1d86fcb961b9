import { enumType } from '../value/enum.ts';
import type { Value } from '../value/value.ts';

/** A member of one of Hyper-V's enums; the name as text when the manifest has no such enum. */
export const hyperVEnum = (type: string, name: string): Value =>
  enumType(`Microsoft.HyperV.PowerShell.${type}`)?.parse(name) ?? name;
