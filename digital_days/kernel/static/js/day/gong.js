// A gong out of a few sine waves that die away; browsers let it sound only after somebody has clicked.
const PARTIALS = [
  [1, 0.5, 5],
  [2.01, 0.25, 3],
  [2.76, 0.2, 2.2],
  [5.4, 0.08, 1.2],
];
const LOW_HZ = 196;
const APART_S = 0.9;

export function makeGong() {
  let audio = null;

  function open() {
    audio ??= new AudioContext();
    return audio.resume();
  }

  function strike(times) {
    if (audio?.state !== "running") return;
    for (let stroke = 0; stroke < times; stroke += 1) ring(audio.currentTime + stroke * APART_S);
  }

  function ring(at) {
    for (const [ratio, loudness, seconds] of PARTIALS) {
      const oscillator = audio.createOscillator();
      const volume = audio.createGain();
      oscillator.frequency.value = LOW_HZ * ratio;
      volume.gain.setValueAtTime(0.0001, at);
      volume.gain.exponentialRampToValueAtTime(loudness, at + 0.01);
      volume.gain.exponentialRampToValueAtTime(0.0001, at + seconds);
      oscillator.connect(volume).connect(audio.destination);
      oscillator.start(at);
      oscillator.stop(at + seconds);
    }
  }

  return { open, strike };
}
