import { playStory } from './play-story.ts';
const [name, speed, rate, from] = process.argv.slice(2);
const { sights, failures } = await playStory({ name: name!, speed: Number(speed), callsPerS: Number(rate), ...(from && { from }) });
for (const s of sights) console.log(String(s.phase.fromMs/60000).padStart(6), (s.phase.operations?.join(',')??'all').padEnd(14).slice(0,30), s.calls, s.success.toFixed(3), s.halves.map(x=>x.toFixed(2)).join('→'), `[${s.phase.success.min},${s.phase.success.max}]`, JSON.stringify(Object.fromEntries(Object.entries(s.failures).map(([k,v])=>[k,+v!.toFixed(2)]))));
console.log('failures', failures);
