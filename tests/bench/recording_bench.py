#!/usr/bin/env python3
"""What recording costs: one leedswatch-station against one `ffmpeg -c copy -f segment` process for each camera.

Both record the same streams of the same leedswatch-simulator, in turns, in one run; only the ratio travels between
machines. Usage: python3 tests/bench/recording_bench.py --build build/bench
"""
import argparse
import csv
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pids):
    """User and system time of the processes, all their threads and the children that they have waited for."""
    total = 0
    for pid in pids:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        total += sum(int(field) for field in fields[11:15])
    return total / TICKS


def resident_mebibytes(pids):
    total = 0
    for pid in pids:
        for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                total += int(line.split()[1])
    return total / 1024


def bytes_below(folder):
    return sum(path.stat().st_size for path in folder.rglob("*.mp4"))


def make_material(folder):
    """pal: 704x576 at 25 a second, 1 Mbit/s, a key picture every 50, H.264 Main without B-frames."""
    folder.mkdir()
    subprocess.run(
        ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=704x576:rate=25:duration=20",
         "-vf", "noise=alls=6:allf=t", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "veryfast",
         "-profile:v", "main", "-bf", "0", "-g", "50", "-keyint_min", "50", "-sc_threshold", "0",
         "-b:v", "1M", "-maxrate", "1M", "-bufsize", "1M", str(folder / "pal.mp4")], check=True)


class Simulator:
    def __init__(self, binaries, clips, cameras, folder):
        self.csv = folder / "estate.csv"
        self.process = subprocess.Popen(
            [binaries / "leedswatch-simulator", "--clips", clips, "--cameras", str(cameras), "--rtsp-port", "0",
             "--write-csv", self.csv, "--stop-on-eof"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(folder / "simulator.txt", "w"), text=True)
        line = self.process.stdout.readline()
        if not line.startswith("ready:"):
            raise SystemExit(f"the simulator did not start: {line}")

    def urls(self):
        with open(self.csv, newline="") as file:
            return [row["main_url"] for row in csv.DictReader(file)]

    def stop(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)


def stop_all(processes):
    for process in processes:
        process.send_signal(signal.SIGTERM)
    for process in processes:
        process.wait(timeout=60)


def start_ffmpeg(urls, folder, log):
    processes = []
    for index, url in enumerate(urls):
        target = folder / str(index)
        target.mkdir(parents=True)
        processes.append(subprocess.Popen(
            ["ffmpeg", "-v", "error", "-nostdin", "-rtsp_transport", "tcp", "-i", url, "-an", "-c", "copy",
             "-f", "segment", "-segment_time", "60", "-reset_timestamps", "1", str(target / "%05d.mp4")],
            stdout=log, stderr=log))
    return processes


def start_station(binaries, simulator, folder, log, with_sub_streams):
    control = [binaries / "leedswatchctl", "--data", folder]
    subprocess.run(control + ["init"], check=True, stdout=log, stderr=log)
    # Without sub streams the station reads what the other side records, and no more.
    with open(simulator.csv, newline="") as file:
        rows = list(csv.DictReader(file))
    columns = ["number", "name", "main_url"] + (["sub_url"] if with_sub_streams else [])
    estate = folder.parent / "estate_of_station.csv"
    with open(estate, "w", newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    subprocess.run(control + ["cameras", "import", estate], check=True, stdout=log, stderr=log)
    return [subprocess.Popen([binaries / "leedswatch-station", "--data", folder, "--rtsp-port", "0", "--arc-port", "0"],
                             stdout=log, stderr=log)]


def measure(processes, folder, settle, seconds):
    time.sleep(settle)
    pids = [process.pid for process in processes]
    if any(process.poll() is not None for process in processes):
        raise SystemExit("a recording process has ended; see the log")
    begin_time, begin = time.monotonic(), cpu_seconds(pids)
    time.sleep(seconds)
    cores = (cpu_seconds(pids) - begin) / (time.monotonic() - begin_time)
    memory = resident_mebibytes(pids)
    stop_all(processes)
    return {"cores": cores, "memory": memory, "mebibytes": bytes_below(folder) / (1 << 20)}


def show(name, results, cameras):
    cores = statistics.median(result["cores"] for result in results)
    memory = statistics.median(result["memory"] for result in results)
    written = statistics.median(result["mebibytes"] for result in results)
    print(f"{name:30} {cores / cameras:8.5f} core a camera   {memory / cameras:6.1f} MiB resident a camera   "
          f"{written:7.1f} MiB written", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build/bench"))
    parser.add_argument("--cameras", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=30, help="of each measurement")
    parser.add_argument("--settle", type=float, default=10, help="between start and measurement")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sub-streams", action="store_true",
                        help="the station reads each camera's sub stream for the relay too, as it does in a room")
    options = parser.parse_args()
    binaries = (options.build / "bin").resolve()
    with tempfile.TemporaryDirectory(prefix="leedswatch-bench-") as name:
        folder = pathlib.Path(name)
        make_material(folder / "clips")
        simulator = Simulator(binaries, folder / "clips", options.cameras, folder)
        peers, stations = [], []
        try:
            for round_number in range(options.rounds):
                with open(folder / "log.txt", "w") as log:
                    target = folder / f"ffmpeg{round_number}"
                    peers.append(measure(start_ffmpeg(simulator.urls(), target, log), target, options.settle,
                                         options.seconds))
                    target = folder / f"station{round_number}"
                    stations.append(measure(start_station(binaries, simulator, target, log, options.sub_streams), target,
                                            options.settle, options.seconds))
        finally:
            simulator.stop()
        show("ffmpeg, a process a camera", peers, options.cameras)
        show("leedswatch-station", stations, options.cameras)
        ratios = [station["cores"] / peer["cores"] for station, peer in zip(stations, peers)]
        print("ratio of CPU, station to ffmpeg: " + " ".join(f"{ratio:.2f}" for ratio in ratios) +
              f"; median {statistics.median(ratios):.2f} (at most 0.85 wanted)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
