// The clocks: of the story that is played, and the real one of the server in the viewer's zone.
import { timeOfDay } from '../format.ts';
import { latest } from '../live/kept.ts';
import { serverNow } from '../live/live.ts';
import { WORDS } from '../words/now.ts';

export function Clocks() {
  const story = latest.value?.story;
  const isOn = story !== undefined && story.status !== 'ended';
  return (
    <span class="clocks">
      {isOn && (
        <span>
          <span class="muted">{WORDS.storyClock}</span> <strong>{story.storyTime}</strong>
        </span>
      )}
      <span>
        <span class="muted">{WORDS.realClock}</span> <time>{timeOfDay(serverNow())}</time>
      </span>
    </span>
  );
}
