// Live charts: five minutes by the second, with one cursor over all of them and the faults as bands behind.
import { useEffect, useMemo } from 'preact/hooks';
import 'uplot/dist/uPlot.min.css';
import { latest } from '../../live/kept.ts';
import { connection, isCurrent } from '../../live/live.ts';
import { Notice } from '../../parts/notice.tsx';
import { WORDS as SHELL } from '../../words/shell.ts';
import { ChartCard } from './chart-card.tsx';
import { CHARTS } from './chart-list.ts';
import './charts.css';
import { FaultLegend } from './fault-legend.tsx';
import { watchSummaries } from './shown.ts';
import { TimeBar } from './time-bar.tsx';

export function Charts() {
  if (latest.value === null) {
    const now = connection.value;
    if (now.is === 'refused') return <Notice title={SHELL.panelFailed} text={now.why} tone="bad" />;
    return <Notice title={SHELL.loading} busy />;
  }
  return <AllCharts />;
}

function AllCharts() {
  const watching = useMemo(watchSummaries, []);
  useEffect(() => () => watching.stop(), [watching]);
  return (
    <div class="charts">
      <TimeBar watching={watching} />
      <FaultLegend watching={watching} />
      <div class={`grid ${isCurrent() || watching.isPaused.value ? '' : 'old'}`}>
        {CHARTS.map((chart) => (
          <ChartCard key={chart.title} chart={chart} watching={watching} />
        ))}
      </div>
    </div>
  );
}
