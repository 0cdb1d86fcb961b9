import {
  Menu,
  MenuButton,
  MenuDivider,
  MenuItem,
  MenuItemCheckbox,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { NOT_IN_THIS_LAB } from '../../actions/vm-actions.ts';
import { useSubmit } from '../../state/command.ts';
import { useRecords } from '../../state/lab-context.tsx';
import type { Seen } from '../../state/lab-store.ts';
import type { VmConnect } from './use-vmconnect.ts';
import css from './vmconnect.module.css';

export interface View {
  readonly full: boolean;
  readonly toolbar: boolean;
}

interface MenusProps {
  readonly vm: Seen<'vm'>;
  readonly connect: VmConnect;
  readonly view: View;
  readonly onView: (view: View) => void;
}

/** The menus of the window as Server 2012 has them, and one of ours: what somebody inside would do. */
export const VmConnectMenus = ({ vm, connect, view, onView }: MenusProps) => (
  <div className={css['menus']} role="group" aria-label="Menus">
    <Titled title="File">
      <MenuItem onClick={connect.openSettings}>Settings…</MenuItem>
      <MenuDivider />
      <MenuItem onClick={connect.close}>Exit</MenuItem>
    </Titled>
    <Titled title="Action">
      {connect.commands.map(({ id, label, reason, run }) => (
        <Item key={id} label={label} reason={reason} onDo={run} />
      ))}
      <MenuDivider />
      <Item label="Insert Integration Services Setup Disk" reason={NOT_IN_THIS_LAB} />
    </Titled>
    <MediaMenu vm={vm} />
    <Titled title="Clipboard">
      <Item label="Type clipboard text" reason="no keyboard reaches the guest" />
      <Item label="Capture screen" reason={NOT_IN_THIS_LAB} />
    </Titled>
    <Titled
      title="View"
      checked={[...(view.full ? ['full'] : []), ...(view.toolbar ? ['toolbar'] : [])]}
      onChecked={on => onView({ full: on.includes('full'), toolbar: on.includes('toolbar') })}
    >
      <MenuItemCheckbox name="view" value="full">
        Full Screen Mode
      </MenuItemCheckbox>
      <MenuItemCheckbox name="view" value="toolbar">
        Toolbar
      </MenuItemCheckbox>
    </Titled>
    <InsideMenu vm={vm} />
    <Titled title="Help">
      <Item label="Help Topics" reason={NOT_IN_THIS_LAB} />
      <Item label="About Virtual Machine Connection…" reason={NOT_IN_THIS_LAB} />
    </Titled>
  </div>
);

interface TitledProps {
  readonly title: string;
  readonly checked?: readonly string[];
  readonly onChecked?: (on: readonly string[]) => void;
  readonly children: ReactNode;
}

const Titled = ({ title, checked = [], onChecked, children }: TitledProps) => (
  <Menu
    checkedValues={{ view: [...checked] }}
    onCheckedValueChange={(_, { checkedItems }) => onChecked?.(checkedItems)}
  >
    <MenuTrigger disableButtonEnhancement>
      <MenuButton appearance="subtle" size="small" menuIcon={null}>
        {title}
      </MenuButton>
    </MenuTrigger>
    <MenuPopover className={css['popover'] ?? ''}>
      <MenuList>{children}</MenuList>
    </MenuPopover>
  </Menu>
);

const Item = ({
  label,
  reason,
  onDo,
}: {
  label: string;
  reason: string | null;
  onDo?: () => void;
}) => (
  <MenuItem disabled={reason !== null} secondaryContent={reason ?? ''} onClick={onDo}>
    {label}
  </MenuItem>
);

/** What lies in the drives; a disc may be changed while the guest runs. */
const MediaMenu = ({ vm }: { vm: Seen<'vm'> }) => {
  const submit = useSubmit();
  const drive = useRecords('disk-drive').find(({ vm: of, type }) => of === vm.id && type === 'Dvd');
  const discs = useRecords('library-image').filter(
    ({ host, type }) => host === vm.host && type === 'Iso',
  );
  const media = drive?.media ?? null;
  const without = drive === undefined ? 'it has no DVD drive' : null;
  return (
    <Titled title="Media">
      {discs.map(({ id, name, path }) => (
        <Item
          key={id}
          label={`DVD Drive: Insert ${name ?? ''}`}
          reason={without ?? (path === media ? 'it is in the drive' : null)}
          onDo={() => void submit('vm.setDvd', { vm: vm.id, image: id })}
        />
      ))}
      <Item
        label={`DVD Drive: Eject${media === null ? '' : ` ${fileName(media)}`}`}
        reason={without ?? (media === null ? 'the drive is empty' : null)}
        onDo={() => void submit('vm.setDvd', { vm: vm.id, image: null })}
      />
      <Item label="Diskette Drive: Insert Disk…" reason={NOT_IN_THIS_LAB} />
    </Titled>
  );
};

const fileName = (path: string): string => path.split('\\').at(-1) ?? path;

/** What somebody sitting at the guest would do; no menu of the real product has it. */
const InsideMenu = ({ vm }: { vm: Seen<'vm'> }) => {
  const submit = useSubmit();
  const reason = vm.state === 'Running' ? null : 'it is not running';
  return (
    <Titled title="Inside the Guest">
      <Item
        label="Shut down from its own menu"
        reason={reason}
        onDo={() => void submit('guest.shutDown', { vm: vm.id })}
      />
      <Item
        label="Crash it (bug check)"
        reason={reason}
        onDo={() => void submit('guest.crash', { vm: vm.id })}
      />
    </Titled>
  );
};
