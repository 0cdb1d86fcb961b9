import { Menu, MenuItem, MenuList, MenuPopover } from '@fluentui/react-components';
import { useVmms } from '../actions/actions-pane.tsx';
import { usePerformVm } from '../actions/perform.ts';
import { offeredFor } from '../actions/vm-actions.ts';
import { useRecord } from '../state/lab-context.tsx';
import type { Seen } from '../state/lab-store.ts';

export interface MenuPlace {
  readonly vm: Seen<'vm'>['id'];
  readonly x: number;
  readonly y: number;
}

/** The same list as in the Actions pane, where the pointer is. */
export const MachineMenu = ({ at, onClose }: { at: MenuPlace; onClose: () => void }) => {
  const vm = useRecord(at.vm);
  const host = useRecord(vm?.host) ?? null;
  const vmms = useVmms(host);
  const perform = usePerformVm();
  if (vm === undefined) return null;
  const target = { getBoundingClientRect: () => new DOMRect(at.x, at.y, 0, 0) };
  return (
    <Menu
      open
      positioning={{ target, position: 'below', align: 'start' }}
      onOpenChange={(_, { open }) => !open && onClose()}
    >
      <MenuPopover style={{ maxWidth: 'min(440px, calc(100vw - 16px))' }}>
        <MenuList aria-label={`Actions of ${vm.name ?? ''}`}>
          {offeredFor(vm, { host, vmms }).map(({ row, reason }) => (
            <MenuItem
              key={row.id}
              disabled={reason !== null}
              secondaryContent={reason ?? ''}
              onClick={() => void perform(row, vm)}
            >
              {row.label}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
};
