import type {
  BindingHost,
  BindingMistake,
  Converted,
} from '../../../server/powershell/engine/binder-port.ts';
import { type ErrorRecord, Terminating } from '../../../server/powershell/engine/error-record.ts';
import type { Steps } from '../../../server/powershell/engine/steps.ts';
import { ended } from '../../../server/powershell/binding/binding.fixture.ts';
import { convert } from '../../../server/powershell/value/convert.ts';
import { parseDate } from '../../../server/powershell/value/date-parse.ts';
import { PSObject } from '../../../server/powershell/value/ps-object.ts';
import { textOf } from '../../../server/powershell/value/text.ts';
import { fullTypeName } from '../../../server/powershell/value/type-table.ts';
import { typeNames } from '../../../server/powershell/value/type-names.ts';
import type { Value } from '../../../server/powershell/value/value.ts';
import { StaticBlock, Unknown } from './static-value.ts';

/** A time alone is one of today. */
const TODAY = { year: 2012, month: 9, day: 4 };

/** Lets the binder work on values of which only the types are known. Nobody answers questions. */
export class StaticHost implements BindingHost {
  readonly pipelinePosition = 1;
  readonly expectsInput: boolean;

  constructor(expectsInput: boolean) {
    this.expectsInput = expectsInput;
  }

  convert(value: Value, type: string): Converted {
    if (value instanceof Unknown) return { ok: true, value };
    const date =
      type === 'System.DateTime' && typeof value === 'string' ? parseDate(value, TODAY) : null;
    if (date !== null) return { ok: true, value: date };
    try {
      return { ok: true, value: convert(value, fullTypeName(type) ?? type) };
    } catch (error) {
      if (!(error instanceof Terminating)) throw error;
      return { ok: false, message: error.message };
    }
  }

  typeNames(value: Value): readonly string[] {
    return typeNames(value);
  }

  property(value: Value, name: string): Value | undefined {
    if (!(value instanceof PSObject)) return undefined;
    const wanted = name.toLowerCase();
    return value
      .properties()
      .find(one => one.name.toLowerCase() === wanted)
      ?.get();
  }

  text(value: Value): string {
    return textOf(value);
  }

  matches(): boolean {
    return true;
  }

  isScriptBlock(value: Value): boolean {
    return value instanceof StaticBlock;
  }

  call(): Steps<Value[]> {
    return ended([new Unknown()]);
  }

  print(): void {
    // Nobody reads.
  }

  ask(): Steps<string | null> {
    return ended(null);
  }

  error({ message, id, category, exception, target }: BindingMistake): ErrorRecord {
    return {
      message,
      id,
      category,
      exception,
      target,
      activity: '',
      reason: '',
      command: '',
      place: null,
    };
  }
}
