import { property } from '../value/property.ts';
import { type Property, PSObject } from '../value/ps-object.ts';
import type { Value } from '../value/value.ts';
import type { JobOrder } from './jobs.ts';

export type JobState = 'Running' | 'Completed' | 'Failed' | 'Stopped';

/** A job as Get-Job shows it. */
export class BackgroundJob extends PSObject {
  readonly typeNames = [
    'System.Management.Automation.PSRemotingJob',
    'System.Management.Automation.Job',
    'System.Object',
  ];
  readonly id: number;
  readonly name: string;
  /** What it wrote and nobody has received; errors are among it. */
  readonly output: Value[] = [];
  state: JobState = 'Running';
  readonly #order: JobOrder;

  constructor(id: number, order: JobOrder) {
    super();
    this.id = id;
    this.name = order.name ?? `Job${id}`;
    this.#order = order;
  }

  properties(): readonly Property[] {
    const { type, location, command } = this.#order;
    return [
      property('State', 'System.Management.Automation.JobState', () => this.state),
      property('HasMoreData', 'bool', () => this.state === 'Running' || this.output.length > 0),
      property('Location', 'string', () => location),
      property('Command', 'string', () => command),
      property('PSJobTypeName', 'string', () => type),
      property('Id', 'int', () => this.id),
      property('Name', 'string', () => this.name),
    ];
  }

  text(): string {
    return 'System.Management.Automation.PSRemotingJob';
  }

  override comparable(): Value {
    return this.id;
  }
}
