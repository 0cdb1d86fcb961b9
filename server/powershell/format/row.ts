import { type Property, PSObject } from '../value/ps-object.ts';
import type { Value } from '../value/value.ts';
import type { Layout } from './layout.ts';

/** What a Format cmdlet writes: an object and how it is to be shown. Rows of one command share a layout. */
export class FormattedRow extends PSObject {
  readonly typeNames = [
    'Microsoft.PowerShell.Commands.Internal.Format.FormatEntryData',
    'System.Object',
  ];
  readonly layout: Layout;
  readonly object: Value;

  constructor(layout: Layout, object: Value) {
    super();
    this.layout = layout;
    this.object = object;
  }

  properties(): readonly Property[] {
    return [];
  }

  text(): string {
    return 'Microsoft.PowerShell.Commands.Internal.Format.FormatEntryData';
  }
}
