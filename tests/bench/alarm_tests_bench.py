#!/usr/bin/env python3
"""What tests of alarm systems cost in a store of 10,000 premises and 5 million signals.

  alarm_tests_bench.py --build build/bench [--premises 10000] [--signals 5000000] [--zones 400] [--keep DIR]

Fills a store through leedswatchctl (premises, zones, plans) and, as a panel would need days for it, the signals by SQL;
then times the commands that a desk's screens are made of. Each time is that of a whole command with its start.
"""
import argparse
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time


def run(ctl, data, *arguments, text=None):
    began = time.monotonic()
    done = subprocess.run([ctl, *arguments, "--data", data, "--json"], input=text, capture_output=True, text=True)
    took = time.monotonic() - began
    if done.returncode != 0:
        sys.exit(f"{' '.join(arguments)}: {done.stderr}")
    return took, json.loads(done.stdout) if done.stdout.strip() else None


def fill_signals(data, count, premises):
    """Rows as the station writes them, spread over a year and all panels but the first, which has a hundredth of all."""
    store = sqlite3.connect(pathlib.Path(data) / "leedswatch.db")
    store.execute("PRAGMA synchronous=OFF")
    year = 366 * 86_400_000_000
    now = int(time.time() * 1e6)
    event = ('[{"address":"%03d","address_kind":"zone","area":"1","category":"alarm_intruder","code":"BA","event":'
             '"Intruder alarm","qualifier":"new","scheme":"sia","text":"","time":"","user":""}]')

    def rows():
        for number in range(count):
            panel = 1 if number % 100 == 0 else 2 + number % (premises - 1)
            yield (now - year + number * year // count, panel, f"{100000 + panel - 1}", event % (number % 400 + 1), number)

    store.executemany(
        "INSERT INTO signal (received, panel_id, account, protocol, source, token, sequence, receiver, line, "
        "header_account, encrypted, lacks_encryption, data, events, extended, panel_time, drift, raw, repetition_key) "
        "VALUES (?1, ?2, ?3, 'DC-09', '10.1.2.3:5012 tcp', 'SIA-DCS', '0001', '', '', ?3, 0, 0, 'Nri1/BA01', ?4, '[]', "
        "'', NULL, x'00', 'key' || ?5)", rows())
    store.commit()
    store.execute("ANALYZE")
    store.commit()
    store.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--premises", type=int, default=10_000)
    parser.add_argument("--signals", type=int, default=5_000_000)
    parser.add_argument("--zones", type=int, default=400)
    parser.add_argument("--keep", help="use this folder and leave it")
    options = parser.parse_args()
    ctl = str(pathlib.Path(options.build) / "bin/leedswatchctl")
    with tempfile.TemporaryDirectory() as name:
        data = options.keep or str(pathlib.Path(name) / "data")
        if not pathlib.Path(data).exists():
            run(ctl, data, "init", "--admin", "ann", text="long enough words\n")
            csv = "account,name,premises,address\n" + "".join(
                f"{100000 + n},Place {n},P{n},{n} Some Street\n" for n in range(options.premises))
            took, _ = run(ctl, data, "premises", "import", "-", text=csv)
            print(f"import of {options.premises} premises: {took:.1f} s")
            zones = "premises,zone,name\n" + "".join(f"P0,{n},Room {n}\n" for n in range(1, options.zones + 1))
            run(ctl, data, "tests", "zones", "import", "-", text=zones)
            plan = "premises,kind,first_day,time,every\n" + "".join(
                f"P{n},fire,2020-01-0{n % 7 + 1},10:{n % 60:02},weekly\n" for n in range(options.premises))
            took, _ = run(ctl, data, "tests", "import", "-", text=plan)
            print(f"import of {options.premises} weekly plans: {took:.1f} s")
            began = time.monotonic()
            fill_signals(data, options.signals, options.premises)
            print(f"{options.signals} signals written in {time.monotonic() - began:.0f} s")
        until = time.strftime("%Y-%m-%dT%H:%M:00Z", time.gmtime(time.time() + 3_600))
        _, begun = run(ctl, data, "tests", "walk", "begin", "P0", "--until", until, "--by", "bench", "--known", "bench")
        walk = str(begun["walk"])
        nothing = min(run(ctl, data, "alarms", "policy")[0] for _ in range(5))
        print(f"a command that reads next to nothing: {nothing * 1000:.0f} ms")
        for what in (["tests", "walk", "show", walk], ["alarms", "tests"], ["tests", "due"], ["tests", "list", "P77"],
                     ["tests", "notices"], ["tests", "zones", "list", "P0"], ["tests", "zones", "learn", "P77"],
                     ["tests", "walk", "finish", walk, "passed"]):
            times = 1 if what[-1] == "passed" or "learn" in what else 5
            took = min(run(ctl, data, *what)[0] for _ in range(times))
            print(f"  {' '.join(what)}: {took * 1000:.0f} ms")


if __name__ == "__main__":
    main()
