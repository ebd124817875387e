#include "timeline_view_test.h"

#include "base/local_time.h"
#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/review/export_summary.h"
#include "ui/review/timeline_view.h"
#include "ui/review/typed_time.h"

#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <algorithm>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using base::UtcTime;
using ui::TimelineScale;

UtcTime at(const char* text) {
    return base::parseTime(text).value();
}

video::RecordedSegment segment(UtcTime begin, UtcTime end, video::SegmentEnd cause) {
    video::Segment finished;
    finished.begin = begin;
    finished.end = end;
    finished.cause = cause;
    finished.bytes = 1'000'000;
    return {"", "a.mp4", begin, end, finished};
}

std::shared_ptr<const video::RecordedTimeline> twoRuns() {
    const UtcTime noon = at("2026-06-01T12:00:00Z");
    return std::make_shared<const video::RecordedTimeline>(
        video::RecordedTimeline::of({segment(noon, noon + 10min, video::SegmentEnd::StreamLost),
                                     segment(noon + 20min, noon + 30min, video::SegmentEnd::Full)},
                                    {noon - 24h, noon + 24h}));
}

QStringList labelsOf(const TimelineScale& scale) {
    QStringList labels;
    for (const auto& tick : scale.ticks(100)) {
        labels.append(tick.label);
    }
    return labels;
}

}  // namespace

void TimelineViewTest::keepsTheTimeUnderThePointerWhenZooming() {
    TimelineScale scale{{at("2026-06-01T00:00:00Z"), at("2026-06-02T00:00:00Z")}, 1000};
    const UtcTime under = scale.timeAt(730);
    for (int n = 0; n < 10; ++n) {
        scale.zoom(0.5, 730);
        QVERIFY(std::chrono::abs(scale.timeAt(730) - under) < scale.length() / 500);
    }
    QCOMPARE(std::lround(scale.xOf(under)), 730L);
}

void TimelineViewTest::zoomsFromDaysToSecondsAndNoFurther() {
    TimelineScale scale{{at("2026-06-01T00:00:00Z"), at("2026-06-02T00:00:00Z")}, 1000};
    for (int n = 0; n < 60; ++n) {
        scale.zoom(0.5, 500);
    }
    QVERIFY(scale.length() == TimelineScale::shortest);
    for (int n = 0; n < 60; ++n) {
        scale.zoom(2, 500);
    }
    QVERIFY(scale.length() == TimelineScale::longest);
    QVERIFY(!scale.ticks(84).empty());
}

void TimelineViewTest::theTwoHalfPastOnesHavePlacesAndLabelsOfTheirOwn() {
    const TimelineScale scale{{at("2026-10-25T00:00:00+01:00"), at("2026-10-25T03:00:00+00:00")}, 1200};
    const UtcTime summer = at("2026-10-25T01:30:00+01:00");
    const UtcTime winter = at("2026-10-25T01:30:00+00:00");
    QCOMPARE(std::lround(scale.xOf(summer)), 450L);
    QCOMPARE(std::lround(scale.xOf(winter)), 750L);
    QVERIFY(scale.crossesClockChange());
    QStringList labels = labelsOf(scale);
    QVERIFY2(labels.contains(QStringLiteral("01:30 BST")), qPrintable(labels.join(QLatin1Char{','})));
    QVERIFY(labels.contains(QStringLiteral("01:30 GMT")));
    QCOMPARE(labels.removeDuplicates(), 0);
}

void TimelineViewTest::ticksFollowTheLocalHourOverTheChangeOfTheClocks() {
    const TimelineScale scale{{at("2026-10-24T12:00:00Z"), at("2026-10-26T12:00:00Z")}, 900};
    for (const auto& tick : scale.ticks(100)) {
        const int hour = std::stoi(base::formatLocalTimeOfDay(tick.time).substr(0, 2));
        QCOMPARE(hour % 6, 0);
        QCOMPARE(tick.dayBegins, hour == 0);
    }
}

void TimelineViewTest::aDragScrubs() {
    ui::TimelineView view{nullptr};
    view.resize(1000, 112);
    view.show();
    view.showRange({at("2026-06-01T12:00:00Z"), at("2026-06-01T13:00:00Z")});
    std::vector<UtcTime> scrubbed;
    QObject::connect(&view, &ui::TimelineView::scrubbed, &view, [&](UtcTime time) { scrubbed.push_back(time); });
    QTest::mousePress(&view, Qt::LeftButton, {}, QPoint(250, 60));
    QTest::mouseMove(&view, QPoint(500, 60));
    QTest::mouseRelease(&view, Qt::LeftButton, {}, QPoint(500, 60));
    QVERIFY(scrubbed.size() >= 2);
    QVERIFY(std::chrono::abs(scrubbed.front() - at("2026-06-01T12:15:00Z")) < 5s);
    QVERIFY(std::chrono::abs(scrubbed.back() - at("2026-06-01T12:30:00Z")) < 5s);
}

void TimelineViewTest::theHandlesOfTheMarksAreDragged() {
    ui::TimelineView view{nullptr};
    view.resize(1000, 112);
    view.show();
    view.showRange({at("2026-06-01T12:00:00Z"), at("2026-06-01T13:00:00Z")});
    view.setMarks({at("2026-06-01T12:15:00Z"), at("2026-06-01T12:30:00Z")});
    QSignalSpy scrubbed{&view, &ui::TimelineView::scrubbed};
    QTest::mousePress(&view, Qt::LeftButton, {}, QPoint(250, 60));
    QTest::mouseMove(&view, QPoint(100, 60));
    QTest::mouseRelease(&view, Qt::LeftButton, {}, QPoint(100, 60));
    QCOMPARE(scrubbed.count(), 0);
    QVERIFY(std::chrono::abs(*view.marks().in - at("2026-06-01T12:06:00Z")) < 5s);
    // It does not pass the other one.
    QTest::mousePress(&view, Qt::LeftButton, {}, QPoint(500, 60));
    QTest::mouseMove(&view, QPoint(20, 60));
    QTest::mouseRelease(&view, Qt::LeftButton, {}, QPoint(20, 60));
    QVERIFY(*view.marks().in < *view.marks().out);
}

void TimelineViewTest::tellsTheCauseOfAGap() {
    ui::TimelineView view{nullptr};
    view.resize(1000, 112);
    view.setTimeline(twoRuns());
    view.show();
    view.showRange({at("2026-06-01T12:00:00Z"), at("2026-06-01T13:00:00Z")});
    const QString tip = view.tipAt(view.scale().xOf(at("2026-06-01T12:15:00Z")));
    QVERIFY2(tip.contains(QStringLiteral("the stream of the camera was lost")), qPrintable(tip));
    QVERIFY(tip.contains(QStringLiteral("10 min 00 s")));
    QVERIFY(view.tipAt(view.scale().xOf(at("2026-06-01T12:05:00Z"))).contains(QStringLiteral("13:05:0")));
}

void TimelineViewTest::whatIsHeldIsSeenUnderTheMarksToo() {
    ui::TimelineView view{nullptr};
    view.resize(1000, 112);
    view.setTimeline(twoRuns());
    view.show();
    view.showRange({at("2026-06-01T12:00:00Z"), at("2026-06-01T13:00:00Z")});
    const video::TimeRange held{at("2026-06-01T12:02:00Z"), at("2026-06-01T12:08:00Z")};
    view.setHeld({held});
    view.setPosition(held.begin + 1min);
    const QRect line = view.heldLineOf(held).toAlignedRect();
    const auto lit = [&] {
        const QImage picture = view.grab().toImage();
        int count = 0;
        for (int x = line.left() + 1; x < line.right(); ++x) {
            count += picture.pixelColor(x, line.center().y()) == ui::palette::text ? 1 : 0;
        }
        return count;
    };
    const int alone = lit();
    QVERIFY(alone > line.width() - 4);
    view.setMarks({held.begin, held.end});
    QCOMPARE(lit(), alone);
    QVERIFY(view.tipAt(line.center().x()).contains(QStringLiteral("held")));
}

void TimelineViewTest::readsTimesAsPeopleTypeThem() {
    const UtcTime shown = at("2026-11-21T10:00:00Z");
    const UtcTime now = at("2026-11-22T09:00:00Z");
    const auto read = [&](const char* text) { return ui::readTypedTime(QString::fromLatin1(text), shown, now); };
    for (const auto& [typed, meant] : {std::pair{"14:05", "2026-11-21T14:05:00Z"},
                                       {" 9:07:30 ", "2026-11-21T09:07:30Z"},
                                       {"1405", "2026-11-21T14:05:00Z"},
                                       {"140530", "2026-11-21T14:05:30Z"},
                                       {"14.05", "2026-11-21T14:05:00Z"},
                                       {"14:05:30.250", "2026-11-21T14:05:30.250Z"},
                                       {"today 8:00", "2026-11-22T08:00:00Z"},
                                       {"Yesterday 22:10", "2026-11-21T22:10:00Z"},
                                       {"01/06/2026 14:05", "2026-06-01T13:05:00Z"},
                                       {"14:05, 1 Jun 2026", "2026-06-01T13:05:00Z"},
                                       {"21 Nov 14:05", "2026-11-21T14:05:00Z"},
                                       {"2026-06-01T14:05:00+02:00", "2026-06-01T12:05:00Z"},
                                       {"25/10/2026 01:30 BST", "2026-10-25T00:30:00Z"},
                                       {"25/10/2026 01:30 gmt", "2026-10-25T01:30:00Z"}}) {
        const auto time = read(typed);
        QVERIFY2(time, typed);
        QVERIFY2(*time == at(meant), typed);
    }
    for (const char* text : {"", "soon", "25:00", "14:75", "32/01/2026 10:00", "14:05 14:06", "10"}) {
        QVERIFY2(!read(text), text);
    }
}

void TimelineViewTest::refusesTheHourThatIsThereTwiceAndNamesBoth() {
    const UtcTime night = at("2026-10-25T12:00:00Z");
    const auto refused = ui::readTypedTime(QStringLiteral("1:30"), night, night);
    QVERIFY(!refused);
    QVERIFY(refused.error().message.find("01:30 BST") != std::string::npos);
    QVERIFY(refused.error().message.find("01:30 GMT") != std::string::npos);
}

void TimelineViewTest::saysWhatIsMissingOfARange() {
    const UtcTime noon = at("2026-06-01T12:00:00Z");
    const auto missing = ui::missingIn(*twoRuns(), {noon - 1min, noon + 25min});
    QCOMPARE(missing.size(), 2U);
    QVERIFY((missing[0].range == video::TimeRange{noon - 1min, noon}));
    QVERIFY((missing[1].range == video::TimeRange{noon + 10min, noon + 20min}));
    QCOMPARE(missing[1].cause, std::string{"the stream of the camera was lost"});
    QVERIFY(ui::missingIn(*twoRuns(), {noon, noon + 10min}).empty());
}

void TimelineViewTest::whatHasNotReachedTheDiskYetIsNotCalledUnrecorded() {
    const UtcTime noon = at("2026-06-01T12:00:00Z");
    video::RecordedSegment growing = segment(noon, noon + 30s, video::SegmentEnd::Full);
    growing.finished.reset();
    const auto timeline = video::RecordedTimeline::of({growing}, {noon - 24h, noon + 24h});
    QCOMPARE(ui::missingIn(timeline, {noon, noon + 32s}).at(0).cause, std::string{"not on the disk yet"});
    QCOMPARE(ui::missingIn(timeline, {noon, noon + 2min}).at(0).cause, std::string{"nothing is recorded"});
}

}  // namespace leedswatch::tests
