#!/usr/bin/env python3
"""Whether one station records many cameras without losing anything: a station beside its simulator on one machine.

Counts, after the time is over, what was lost on the way (packets, pictures, sessions) and what the archive's own check says.
Usage: python3 tests/bench/many_cameras_bench.py --build build/bench --cameras 100 --minutes 10
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

import recording_bench as bench


def read_json(binaries, folder, *arguments):
    control = [binaries / "leedswatchctl", "--data", folder, *arguments, "--json"]
    return json.loads(subprocess.run(control, stdout=subprocess.PIPE, check=True, text=True).stdout)


def describe_streams(cameras):
    streams = [stream for camera in cameras for stream in camera["streams"]]
    lost = sum(stream["lost_packets"] or 0 for stream in streams)
    again = sum(stream["reconnections"] for stream in streams)
    live = sum(camera["state"] == "live" for camera in cameras)
    print(f"{live} of {len(cameras)} live, {lost} packets lost, {again} reconnections", flush=True)
    return live == len(cameras) and lost == 0 and again == 0


TICKS_A_PICTURE = 90000 // 25


def missing_pictures(segments):
    """By the pictures' own times: how many are not there between the first and the last of a camera."""
    times = segments[-1]["last_media_time"] - segments[0]["first_media_time"]
    return times // TICKS_A_PICTURE + 1 - sum(segment["frames"] for segment in segments)


def describe_archive(archive, binaries, folder):
    cameras = [camera for camera in archive["cameras"] if camera["segments"]]
    pictures = sum(segment["frames"] for camera in cameras for segment in camera["segments"])
    missing = sum(missing_pictures(camera["segments"]) for camera in cameras)
    gaps = sum(len(camera["gaps"]) for camera in cameras)
    check = subprocess.run([binaries / "leedswatchctl", "--data", folder, "archive", "check"],
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    print(f"{pictures} pictures of {len(cameras)} cameras in finished files, {missing} missing between them, "
          f"{gaps} gaps; archive check: {check.stdout.strip()}")
    return missing == 0 and gaps == 0 and check.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=pathlib.Path, default=pathlib.Path("build/bench"))
    parser.add_argument("--cameras", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=10)
    options = parser.parse_args()
    binaries = (options.build / "bin").resolve()
    with tempfile.TemporaryDirectory(prefix="leedswatch-bench-") as name:
        folder = pathlib.Path(name)
        bench.make_material(folder / "clips")
        simulator = bench.Simulator(binaries, folder / "clips", options.cameras, folder)
        data = folder / "station"
        try:
            with open(folder / "log.txt", "w") as log:
                station = bench.start_station(binaries, simulator, data, log, False)
                time.sleep(30)
                before, begun = bench.cpu_seconds([station[0].pid]), time.monotonic()
                beside = bench.cpu_seconds([simulator.process.pid])
                time.sleep(options.minutes * 60)
                lasted = time.monotonic() - begun
                cores = (bench.cpu_seconds([station[0].pid]) - before) / lasted
                simulated = (bench.cpu_seconds([simulator.process.pid]) - beside) / lasted
                memory = bench.resident_mebibytes([station[0].pid])
                whole = describe_streams(read_json(binaries, data, "cameras", "list"))
                sound = describe_archive(read_json(binaries, data, "archive", "list"), binaries, data)
                bench.stop_all(station)
        finally:
            simulator.stop()
    print(f"{lasted:.0f} s: station {cores:.3f} core ({cores / options.cameras:.5f} a camera), "
          f"{memory / options.cameras:.1f} MiB resident a camera; simulator {simulated:.3f} core")
    return 0 if whole and sound else 1


if __name__ == "__main__":
    sys.exit(main())
