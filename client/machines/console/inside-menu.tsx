import {
  Menu,
  MenuButton,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { useSubmit } from '../../state/command.ts';
import type { Seen } from '../../state/lab-store.ts';

/** What somebody sitting at the guest would do; no console of the real product has it. */
export const InsideMenu = ({ vm }: { vm: Seen<'vm'> }) => {
  const submit = useSubmit();
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <MenuButton appearance="subtle" size="small" disabled={vm.state !== 'Running'}>
          Inside the Guest
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItem onClick={() => void submit('guest.shutDown', { vm: vm.id })}>
            Shut down from its own menu
          </MenuItem>
          <MenuItem onClick={() => void submit('guest.crash', { vm: vm.id })}>
            Crash it (bug check)
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
};
