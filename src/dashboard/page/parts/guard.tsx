// Says what went wrong in what it holds, while the rest of the page lives on.

import { Component, type ComponentChildren } from 'preact';
import { detailOf } from '../../../sdk/errors.ts';
import { WORDS } from '../words/shell.ts';
import { Notice } from './notice.tsx';

export class Guard extends Component<{ readonly children: ComponentChildren }, { readonly why: string | null }> {
  override state = { why: null };

  static override getDerivedStateFromError(error: unknown) {
    return { why: detailOf(error) };
  }

  override render() {
    const { why } = this.state;
    if (why === null) return this.props.children;
    return (
      <Notice title={WORDS.panelFailed} text={why} tone="bad">
        <button type="button" onClick={() => this.setState({ why: null })}>
          {WORDS.again}
        </button>
      </Notice>
    );
  }
}
