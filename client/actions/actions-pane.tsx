import { useMemo, useState } from 'react';
import { EchoLine } from '../echo/echo-line.tsx';
import { useEcho } from '../echo/use-echo.ts';
import { useArrived, useRecords } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';
import { useMove, usePlace, useSelection } from '../state/place.tsx';
import css from './actions.module.css';
import { HOST_MISSING, hostOffers } from './host-actions.ts';
import { type PlainVmOp, useHostEcho, usePerformHost, usePerformVm } from './perform.ts';
import { NOT_IN_THIS_LAB, offeredFor, type VmActionRow, VM_MISSING } from './vm-actions.ts';

/** The VMMS of a host, once its record is known. */
export const useVmms = (host: Seen<'host'> | null): Seen<'service'> | null => {
  const services = useRecords('service');
  return useMemo(
    () => services.find(({ host: of, name }) => of === host?.id && name === 'vmms') ?? null,
    [services, host?.id],
  );
};

/** The Actions pane: the server above, the chosen virtual machine below, as in Hyper-V Manager. */
export const ActionsPane = () => {
  const { host, vm } = useSelection();
  const { on } = usePlace();
  const arrived = useArrived('lab');
  if (!arrived && on !== null) return null;
  if (host === null) {
    return (
      <section className={css['block']} aria-label="Actions">
        <h2 className={css['head']}>ACTIONS</h2>
        <p className={css['hint']}>
          Choose a host or a virtual machine in the tree: what can be done with it appears here.
        </p>
      </section>
    );
  }
  return (
    <>
      <HostBlock host={host} />
      {vm && <VmBlock vm={vm} host={host} />}
    </>
  );
};

const HostBlock = ({ host }: { host: Seen<'host'> }) => {
  const vmms = useVmms(host);
  const perform = usePerformHost();
  const echo = useHostEcho();
  const [line, setLine] = useState<string | null>(null);
  return (
    <section className={css['block']} aria-label={`Actions of ${host.name ?? 'the host'}`}>
      <h2 className={css['head']}>{host.name}</h2>
      <ul className={css['list']}>
        {hostOffers(host, vmms).map(({ id, label, reason }) => (
          <Action
            key={id}
            label={label}
            reason={reason}
            onDo={() => void perform(id, host, vmms)}
            onPoint={() => setLine(echo(id, host, vmms))}
          />
        ))}
      </ul>
      <EchoLine line={line} />
      <Missing labels={HOST_MISSING} />
    </section>
  );
};

const VmBlock = ({ vm, host }: { vm: Seen<'vm'>; host: Seen<'host'> }) => {
  const vmms = useVmms(host);
  const perform = usePerformVm();
  const move = useMove();
  const echo = useEcho();
  const [line, setLine] = useState<string | null>(null);
  const { tab } = usePlace();
  return (
    <section className={css['block']} aria-label={`Actions of ${vm.name ?? 'the virtual machine'}`}>
      <h2 className={css['head']}>
        {vm.name} · {vm.state?.toUpperCase()}
      </h2>
      <ul className={css['list']}>
        {offeredFor(vm, { host, vmms }).map(({ row, reason }) => (
          <Action
            key={row.id}
            label={row.label}
            reason={reason}
            onDo={() => void perform(row, vm)}
            onPoint={() => setLine(isPlain(row) ? echo(row.op, { vm: vm.id }) : null)}
          />
        ))}
        <Action
          label={`Why Is It ${vm.state ?? 'So'}?`}
          reason={null}
          onDo={() => move({ inspect: vm.id })}
        />
        {tab !== 'xray' && (
          <Action label="Look Inside" reason={null} onDo={() => move({ tab: 'xray' })} />
        )}
      </ul>
      <EchoLine line={line} />
      <Missing labels={VM_MISSING} />
    </section>
  );
};

/** Whoever knows the real list looks for these, and is told. */
const Missing = ({ labels }: { labels: readonly string[] }) => (
  <details className={css['missing']}>
    <summary>{labels.length} more in Hyper-V Manager</summary>
    <ul className={css['list']}>
      {labels.map(label => (
        <Action key={label} label={label} reason={NOT_IN_THIS_LAB} onDo={() => undefined} />
      ))}
    </ul>
  </details>
);

interface ActionProps {
  readonly label: string;
  readonly reason: string | null;
  readonly onDo: () => void;
  /** The pointer or the focus is on it. */
  readonly onPoint?: () => void;
}

/** An action whose operation needs nothing but the virtual machine. */
const isPlain = (row: VmActionRow): row is VmActionRow & { readonly op: PlainVmOp } =>
  row.op !== null && row.op !== 'vm.rename';

/** Greyed, it stays in the order of the tab key: whoever cannot see the grey can read the reason. */
const Action = ({ label, reason, onDo, onPoint }: ActionProps) => (
  <li>
    <button
      type="button"
      className={css['action']}
      aria-disabled={reason !== null}
      onClick={() => reason === null && onDo()}
      onFocus={onPoint}
      onMouseEnter={onPoint}
    >
      <span className={css['label']}>{label}</span>
      {reason !== null && <span className={css['reason']}>{reason}</span>}
    </button>
  </li>
);
