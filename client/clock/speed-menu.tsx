import {
  Menu,
  MenuButton,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from '@fluentui/react-components';
import { speedText } from '../format/lab-time.ts';
import { useSubmit } from '../state/command.ts';
import { SPEEDS } from './speeds.ts';

const NAMES: Readonly<Record<number, string>> = {
  1: 'a hypercall takes a moment',
  10: 'messages one by one',
  100: 'steps one by one',
  1_000: 'real time',
  60_000: 'a minute in a second',
};

export const SpeedMenu = ({ speed, disabled }: { speed: number; disabled: boolean }) => {
  const submit = useSubmit();
  return (
    <Menu
      checkedValues={{ speed: [String(speed)] }}
      onCheckedValueChange={(_, { checkedItems }) =>
        void submit('clock.speed', { speed: Number(checkedItems[0]) })
      }
    >
      <MenuTrigger disableButtonEnhancement>
        <MenuButton
          appearance="subtle"
          size="small"
          disabled={disabled}
          aria-label={`Speed, ${speedText(speed)}`}
        >
          {speedText(speed)}
        </MenuButton>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {SPEEDS.map(value => (
            <MenuItemRadio
              key={value}
              name="speed"
              value={String(value)}
              {...(NAMES[value] === undefined ? {} : { secondaryContent: NAMES[value] })}
            >
              {speedText(value)}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
};
