import { property } from '../value/property.ts';
import { type Property, PSObject } from '../value/ps-object.ts';
import { exceptionTypes } from '../value/type-table.ts';
import { typeName } from '../value/type-names.ts';
import { textOf } from '../value/text.ts';
import type { Value } from '../value/value.ts';
import type { ErrorRecord } from './error-record.ts';

/** An error as a script sees it: $_ in a catch, $Error[0], what 2>&1 sends on. */
export class ErrorObject extends PSObject {
  readonly typeNames = ['System.Management.Automation.ErrorRecord', 'System.Object'];
  readonly record: ErrorRecord;

  constructor(record: ErrorRecord) {
    super();
    this.record = record;
  }

  properties(): readonly Property[] {
    const { record } = this;
    return [
      property('Exception', 'System.Exception', () => new ExceptionObject(record)),
      property('TargetObject', 'System.Object', () => record.target),
      property(
        'CategoryInfo',
        'System.Management.Automation.ErrorCategoryInfo',
        () => new CategoryObject(record),
      ),
      property('FullyQualifiedErrorId', 'string', () => record.id),
      property('ErrorDetails', 'System.Management.Automation.ErrorDetails', () => null),
      property(
        'InvocationInfo',
        'System.Management.Automation.InvocationInfo',
        () => new InvocationObject(record),
      ),
      property('ScriptStackTrace', 'string', () => stackTrace(record)),
    ];
  }

  text(): string {
    return this.record.message;
  }
}

const stackTrace = ({ place }: ErrorRecord): string =>
  `at <ScriptBlock>, ${place?.file ?? '<No file>'}: line ${place === null ? 1 : lineOf(place.text, place.extent.start)}`;

export const lineOf = (text: string, offset: number): number =>
  text.slice(0, offset).split('\n').length;

/** The .NET exception behind an error. */
export class ExceptionObject extends PSObject {
  readonly typeNames: readonly string[];
  readonly record: ErrorRecord;

  constructor(record: ErrorRecord) {
    super();
    this.record = record;
    this.typeNames = exceptionTypes(record.exception);
  }

  properties(): readonly Property[] {
    const { record } = this;
    return [
      property(
        'ErrorRecord',
        'System.Management.Automation.ErrorRecord',
        () => new ErrorObject(record),
      ),
      property('Message', 'string', () => record.message),
      property('Data', 'System.Collections.IDictionary', () => null),
      property('InnerException', 'System.Exception', () => null),
      property('StackTrace', 'string', () => null),
      property('HelpLink', 'string', () => null),
      property('Source', 'string', () => 'System.Management.Automation'),
      property('HResult', 'int', () => -2146233087),
    ];
  }

  text(): string {
    return `${this.record.exception}: ${this.record.message}`;
  }
}

class CategoryObject extends PSObject {
  readonly typeNames = ['System.Management.Automation.ErrorCategoryInfo', 'System.Object'];
  readonly #record: ErrorRecord;

  constructor(record: ErrorRecord) {
    super();
    this.#record = record;
  }

  properties(): readonly Property[] {
    const record = this.#record;
    return [
      property('Category', 'System.Management.Automation.ErrorCategory', () => record.category),
      property('Activity', 'string', () => record.activity),
      property('Reason', 'string', () => record.reason),
      property('TargetName', 'string', () => targetName(record.target)),
      property('TargetType', 'string', () => targetType(record.target)),
    ];
  }

  text(): string {
    return categoryText(this.#record);
  }
}

class InvocationObject extends PSObject {
  readonly typeNames = ['System.Management.Automation.InvocationInfo', 'System.Object'];
  readonly #record: ErrorRecord;

  constructor(record: ErrorRecord) {
    super();
    this.#record = record;
  }

  properties(): readonly Property[] {
    const { command, place } = this.#record;
    const line = place === null ? 1 : lineOf(place.text, place.extent.start);
    const text = place === null ? '' : (place.text.split('\n')[line - 1] ?? '').trimEnd();
    return [
      property('MyCommand', 'string', () => command),
      property('InvocationName', 'string', () => command),
      property('ScriptLineNumber', 'int', () => line),
      property('Line', 'string', () => text),
      property('ScriptName', 'string', () => place?.file ?? null),
    ];
  }

  text(): string {
    return 'System.Management.Automation.InvocationInfo';
  }
}

/** `Category: (TargetName:TargetType) [Activity], Reason`; long names are cut in their middle. */
export const categoryText = (record: ErrorRecord): string =>
  `${record.category}: (${short(targetName(record.target))}:${short(targetType(record.target))}) [${short(record.activity)}], ${short(record.reason)}`;

const targetName = (target: Value): string => (target === null ? '' : textOf(target));

const targetType = (target: Value): string => {
  if (target === null) return '';
  const full = typeName(target);
  return full.slice(full.lastIndexOf('.') + 1);
};

/** ErrorCategoryInfo's Ellipsize: 15 characters of either end when there are more than 40. */
const short = (text: string): string =>
  text.length <= 40 ? text : `${text.slice(0, 15)}...${text.slice(-15)}`;
