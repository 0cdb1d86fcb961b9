import {
  Menu,
  MenuButton,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Tooltip,
} from '@fluentui/react-components';
import { NextFilled } from '@fluentui/react-icons/svg/next';
import { useSubmit } from '../state/command.ts';
import { STEPS } from './speeds.ts';

export const StepMenu = ({ paused }: { paused: boolean }) => {
  const submit = useSubmit();
  const label = paused ? 'Step' : 'Step: pause the lab first';
  return (
    <Menu persistOnItemClick>
      <MenuTrigger disableButtonEnhancement>
        <Tooltip content={label} relationship="label">
          <MenuButton
            appearance="subtle"
            size="small"
            icon={<NextFilled />}
            menuIcon={null}
            shape="circular"
            disabledFocusable={!paused}
          />
        </Tooltip>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {STEPS.map(({ to, label: name, about }) => (
            <MenuItem key={to} subText={about} onClick={() => void submit('clock.step', { to })}>
              {name}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
};
