// Two short tones, high for welcome and low for stop; only where the desk asked for sound.
const TONES = { success: [880, 0.12], warning: [440, 0.2], error: [220, 0.35] };
let audio;

export function beep(tone) {
  const [frequency, seconds] = TONES[tone] ?? TONES.error;
  navigator.vibrate?.(tone === "success" ? 60 : [120, 60, 120]);
  audio ??= new AudioContext();
  const oscillator = audio.createOscillator();
  const volume = audio.createGain();
  oscillator.frequency.value = frequency;
  volume.gain.value = 0.15;
  oscillator.connect(volume).connect(audio.destination);
  oscillator.start();
  oscillator.stop(audio.currentTime + seconds);
}
