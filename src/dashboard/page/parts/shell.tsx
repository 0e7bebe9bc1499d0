// What stands around every panel: the bar with clocks, connection and All clear, and the list of panels.
import icon from '../icon.svg';
import { PANELS } from '../panels.ts';
import { panelHash, panelName, worldName } from '../route.ts';
import { entry, isOtherVersion, leave, mayChange } from '../session.ts';
import { VIEWS } from '../views/names.ts';
import { WORDS } from '../words/shell.ts';
import { AllClear } from './all-clear.tsx';
import { Clocks } from './clocks.tsx';
import { ConnectionMark } from './connection-mark.tsx';
import { PanelFrame } from './panel-frame.tsx';
import { Troubles } from './troubles.tsx';

export function Shell() {
  return (
    <div class="shell">
      <button type="button" class="skip" onClick={skip}>
        {WORDS.skip}
      </button>
      <header class="bar">
        <a class="brand" href={panelHash('now')}>
          <img src={icon} alt="" width="24" height="24" />
          {WORDS.name}
        </a>
        <a class="world" href={panelHash('worlds')} aria-label={`${WORDS.world}: ${worldName.value}`}>
          {worldName}
        </a>
        <ConnectionMark />
        <Clocks />
        <Who />
        <AllClear />
      </header>
      <nav class="panels" aria-label={WORDS.name}>
        {PANELS.map(({ name, title }) => (
          <a key={name} href={panelHash(name)} aria-current={name === panelName.value ? 'page' : undefined}>
            {title}
          </a>
        ))}
        <span class="views">
          {VIEWS.map((name) => (
            <a key={name} href={panelHash(name)}>
              {WORDS.views[name]}
            </a>
          ))}
        </span>
      </nav>
      <main id="panel" tabIndex={-1}>
        {isOtherVersion.value && <OtherVersion />}
        <Troubles />
        <PanelFrame />
      </main>
    </div>
  );
}

/** Not by a link, since the address names the panel. */
function skip(): void {
  document.getElementById('panel')?.focus();
}

function Who() {
  if (entry.value.is !== 'in' || entry.value.access.who === 'open') return null;
  return (
    <span class="who">
      {!mayChange.value && <span class="tag">{WORDS.viewer}</span>}
      <button type="button" class="quiet" onClick={() => leave()}>
        {WORDS.leave}
      </button>
    </span>
  );
}

function OtherVersion() {
  if (entry.value.is !== 'in') return null;
  return (
    <p class="banner" role="status">
      {WORDS.otherVersion(entry.value.access.version, VERSION)}{' '}
      <button type="button" onClick={() => location.reload()}>
        {WORDS.reload}
      </button>
    </p>
  );
}
