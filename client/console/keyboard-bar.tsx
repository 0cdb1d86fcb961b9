import {
  Button,
  Menu,
  MenuItem,
  MenuItemCheckbox,
  MenuList,
  MenuPopover,
  MenuTrigger,
  Tooltip,
} from '@fluentui/react-components';
import { MoreHorizontalRegular } from '@fluentui/react-icons/svg/more-horizontal';
import { useState } from 'react';
import type { ConsoleWhat } from '../../server/protocol/wire/up.ts';
import type { ListedConsole } from '../link/console-desk.ts';
import { useLab, useMe, usePeople } from '../state/lab-context.tsx';
import { drives, useComplain, useConsoles } from './console-context.tsx';
import css from './console.module.css';

type Who = ListedConsole['wants'][number];
type Ask = (what: ConsoleWhat) => void;

/** Who has the keyboard of a console, who wants it, and what one can do about it. */
export const KeyboardBar = ({ tab }: { tab: ListedConsole }) => {
  const { link } = useLab();
  const me = useMe();
  const complain = useComplain();
  const ask: Ask = what => {
    void link.consoles.ask(tab.id, what).then(answer => {
      if (!answer.ok) complain(answer.message);
    });
  };
  const isMine = drives(tab, me?.id);
  const mayClose = isMine || me?.role === 'instructor';
  return (
    <div className={css['bar']}>
      {isMine ? <Requests wants={tab.wants} ask={ask} /> : <Others tab={tab} ask={ask} />}
      <MoreMenu onClose={mayClose ? () => ask({ do: 'close' }) : null} />
    </div>
  );
};

/** For the driver: the first who asked. `Not now` is theirs to know: the request stays where it is. */
const Requests = ({ wants, ask }: { wants: readonly Who[]; ask: Ask }) => {
  const [refused, setRefused] = useState<readonly string[]>([]);
  // Who asks anew is heard anew.
  const still = refused.filter(id => wants.some(who => who.id === id));
  if (still.length !== refused.length) setRefused(still);
  const first = wants.find(({ id }) => !refused.includes(id));
  if (first === undefined) return <span className={css['quiet']}>You have the keyboard</span>;
  const { id, name } = first;
  return (
    <span className={css['request']} role="alert">
      <span className={css['asks']}>
        <b>{name}</b> asks for the keyboard
      </span>
      <Button size="small" appearance="primary" onClick={() => ask({ do: 'hand', to: id })}>
        Hand over
      </Button>
      <Button size="small" onClick={() => setRefused([...refused, id])}>
        Not now
      </Button>
    </span>
  );
};

/** For everyone else. */
const Others = ({ tab: { driver, wants }, ask }: { tab: ListedConsole; ask: Ask }) => {
  const me = useMe();
  const people = usePeople();
  const isThere = driver !== null && people.some(one => one.id === driver.id && one.online);
  const hasAsked = wants.some(({ id }) => id === me?.id);
  const mayTake = me?.role === 'instructor' && isThere;
  return (
    <span className={css['request']}>
      <span className={css['quiet']}>
        {driver === null ? 'Nobody has the keyboard' : `The keyboard is with ${driver.name}`}
        {driver !== null && !isThere && ', who is away'}
      </span>
      {isThere && (
        <Button size="small" onClick={() => ask({ do: 'want', keyboard: !hasAsked })}>
          {hasAsked ? 'Asked; take back' : 'Ask for the keyboard'}
        </Button>
      )}
      {(mayTake || !isThere) && (
        <Button size="small" onClick={() => ask({ do: 'take' })}>
          Take the keyboard
        </Button>
      )}
    </span>
  );
};

const MoreMenu = ({ onClose }: { onClose: (() => void) | null }) => {
  const { memory, remember } = useConsoles();
  return (
    <Menu
      checkedValues={{ console: memory.aloud ? ['aloud'] : [] }}
      onCheckedValueChange={(_, { checkedItems }) =>
        remember({ aloud: checkedItems.includes('aloud') })
      }
    >
      <MenuTrigger disableButtonEnhancement>
        <Tooltip content="More about this console" relationship="label">
          <Button appearance="subtle" size="small" icon={<MoreHorizontalRegular />} />
        </Tooltip>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuItemCheckbox name="console" value="aloud">
            Speak to a screen reader
          </MenuItemCheckbox>
          <MenuItem disabled={onClose === null} onClick={() => onClose?.()}>
            Close this console for everyone
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
};
