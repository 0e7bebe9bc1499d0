// Chooses the view without controls that the address names.
import { useEffect } from 'preact/hooks';
import { panelName, worldName } from '../route.ts';
import { WORDS as SHELL } from '../words/shell.ts';
import { Participants } from './participants.tsx';
import { Presenter } from './presenter.tsx';

export function View() {
  const isPresenter = panelName.value === 'presenter';
  useEffect(() => {
    document.title = `${SHELL.name} · ${worldName.value}`;
    if (isPresenter) document.documentElement.dataset.theme = 'dark';
    return () => {
      delete document.documentElement.dataset.theme;
    };
  }, [isPresenter]);
  return isPresenter ? <Presenter /> : <Participants />;
}
