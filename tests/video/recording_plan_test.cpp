#include "video/recording_plan.h"

#include "base/local_time.h"
#include "recorder_fixture.h"
#include "video/archive_balance.h"
#include "video/archive_writer.h"
#include "video/recording_plans.h"

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using video::GapCause;
using video::RecordingMode;
using video::SegmentEnd;

/// A camera that is read all the time, through the writer with its plan.
class PlannedRecording : public RecorderTest {
protected:
    PlannedRecording() {
        m_recorder.reset();
        m_writer = std::make_unique<video::ArchiveWriter>(m_index, m_clock);
        m_writer->addVolume(video::mainVolume, m_index.archiveFolder(), *m_files);
        m_track = m_writer->addCamera({kCamera, 42}, m_events);
    }
    void plan(RecordingMode mode, std::string_view schedule = "") {
        video::RecordingPlan plan;
        plan.mode = mode;
        plan.preRoll = 2s;
        plan.postRoll = 3s;
        plan.schedule = base::WeeklySchedule::parse(schedule).value();
        m_writer->setPlan(kCamera, plan);
    }
    /// So many seconds of ten-picture GOPs.
    void seconds(int count) {
        for (const auto& packet : next(25 * count)) {
            if (auto gop = m_gops.add(packet)) {
                m_writer->write(m_track, std::move(*gop));
            }
            m_clock.advance(40ms);
        }
        m_writer->drain();
    }
    void expectBalance() {
        m_writer->end(m_track, SegmentEnd::Stopped, GapCause::Stopped);
        m_writer->drain();
        const auto balance = video::balanceOf(*m_database, kCamera).value();
        ASSERT_TRUE(balance);
        EXPECT_TRUE(balance->leftOut.empty());
        EXPECT_TRUE(balance->toldTwice.empty());
        EXPECT_EQ(balance->recorded + balance->gaps, balance->whole.end - balance->whole.begin);
    }

    std::unique_ptr<video::ArchiveWriter> m_writer;
    std::shared_ptr<video::ArchiveWriter::Track> m_track;
};

TEST_F(PlannedRecording, OnEventKeepsWhatCameBeforeAndBehindAndWritesDownWhatItLeavesOut) {
    plan(RecordingMode::OnEvent);
    seconds(10);
    EXPECT_TRUE(segments().empty());
    const auto event = m_clock.now();
    m_writer->setEvents(kCamera, {{event, event + 1s, false}});
    seconds(20);
    const auto first = segments();
    ASSERT_EQ(first.size(), 1U);
    EXPECT_LE(first[0].begin, event - 2s);
    EXPECT_GE(first[0].begin, event - 3s) << "whole GOPs, and not more";
    EXPECT_GE(first[0].end, event + 4s);
    EXPECT_LE(first[0].end, event + 5s);
    EXPECT_EQ(first[0].cause, SegmentEnd::NotWanted);
    ASSERT_EQ(gaps().size(), 1U);
    EXPECT_EQ(gaps()[0].cause, GapCause::NotRecordedByMode);
    EXPECT_TRUE(gaps()[0].lasts);
    const auto second = m_clock.now();
    m_writer->setEvents(kCamera, {{second, std::nullopt, false}});
    seconds(5);
    EXPECT_FALSE(gaps()[0].lasts);
    expectBalance();
}

TEST_F(PlannedRecording, AnEventThatIsToldLateStillHasItsPreRoll) {
    plan(RecordingMode::OnEvent);
    seconds(10);
    const auto event = m_clock.now() - 4s;
    m_writer->setEvents(kCamera, {{event, std::nullopt, false}});
    seconds(2);
    m_writer->end(m_track, SegmentEnd::Stopped, GapCause::Stopped);
    m_writer->drain();
    ASSERT_EQ(segments().size(), 1U);
    EXPECT_LE(segments()[0].begin, event - 2s);
}

TEST_F(PlannedRecording, AScheduleRecordsItsPeriodsOnly) {
    // It is Saturday 22:53:12 UTC, which is the time on the wall too.
    plan(RecordingMode::Scheduled, "Sat 22:54-22:55");
    seconds(180);
    m_writer->end(m_track, SegmentEnd::Stopped, GapCause::Stopped);
    m_writer->drain();
    const auto recorded = segments();
    ASSERT_FALSE(recorded.empty());
    EXPECT_EQ(base::formatLocalTimeOfDay(recorded.front().begin).substr(0, 5), "22:53");
    EXPECT_GT(recorded.front().end, base::parseTime("2026-11-21T22:54:00Z").value());
    EXPECT_LT(recorded.back().end, base::parseTime("2026-11-21T22:55:01Z").value());
    EXPECT_EQ(video::coverage(recorded).size(), 1U);
}

TEST_F(PlannedRecording, APersonsWishCountsInEveryMode) {
    plan(RecordingMode::Scheduled, "Wed 01:00-02:00");
    seconds(5);
    const auto now = m_clock.now();
    m_writer->setEvents(kCamera, {{now, now + 5s, true}});
    seconds(20);
    EXPECT_EQ(segments().size(), 1U);
    expectBalance();
}

TEST_F(PlannedRecording, ALossWhileNothingIsWantedIsNoLossAndOneInAnEventIs) {
    plan(RecordingMode::OnEvent);
    const auto begin = m_clock.now();
    m_writer->setEvents(kCamera, {{begin, begin + 2s, false}});
    seconds(10);
    m_writer->end(m_track, SegmentEnd::StreamLost, GapCause::Network);
    m_writer->drain();
    m_clock.advance(10s);
    EXPECT_EQ(gaps().back().cause, GapCause::NotRecordedByMode);
    m_writer->setEvents(kCamera, {{m_clock.now(), std::nullopt, false}});
    m_writer->drain();
    m_clock.advance(10s);
    ASSERT_EQ(gaps().size(), 2U);
    EXPECT_EQ(gaps().back().cause, GapCause::Network);
    m_gops = {};
    seconds(5);
    expectBalance();
}

TEST_F(PlannedRecording, WhatIsKeptForAPreRollIsBoundedInBytes) {
    video::ModeGate gate{20'000};
    video::RecordingPlan onEvent;
    onEvent.mode = RecordingMode::OnEvent;
    onEvent.preRoll = 60s;
    gate.setPlan(onEvent);
    for (const auto& packet : next(25 * 30)) {
        if (auto gop = m_gops.add(packet)) {
            EXPECT_TRUE(gate.pass(std::move(*gop)).empty());
            EXPECT_LE(gate.keptBytes(), 20'000U);
        }
    }
    EXPECT_GT(gate.keptBytes(), 0U);
}

TEST_F(PlannedRecording, PlansAndWishesAreKeptWithWhoMadeThem) {
    video::RecordingPlans plans{*m_database};
    estate::Camera camera;
    camera.id = kCamera;
    camera.number = 42;
    video::RecordingPlan onEvent;
    onEvent.mode = RecordingMode::OnEvent;
    access::Acting bob;
    bob.username = "bob";
    EXPECT_EQ(plans.set(bob, {camera}, onEvent).error().code, base::ErrorCode::NotPermitted);
    ASSERT_TRUE(plans.set(access::Acting::commandLine(), {camera}, onEvent));
    EXPECT_EQ(plans.plans()->at(kCamera), onEvent);
    EXPECT_EQ(plans.recordNow(bob, camera, 60s).value(), m_clock.now() + 60s);
    EXPECT_FALSE(plans.recordNow(bob, camera, 5h));
    const auto trigger = plans.begin(video::TriggerKind::Motion, kCamera, m_clock.now(), "motion of camera 42").value();
    EXPECT_EQ(plans.eventsSince(m_clock.now() - 1h)->at(kCamera).size(), 2U);
    ASSERT_TRUE(plans.end(trigger, m_clock.now() + 1s));
    access::Acting engineer;
    engineer.role = access::Role::Engineer;
    EXPECT_EQ(plans.stopNow(engineer, camera).error().code, base::ErrorCode::NotPermitted);
    EXPECT_TRUE(plans.stopNow(bob, camera).value());
    EXPECT_EQ(plans.eventsSince(m_clock.now())->at(kCamera).size(), 1U) << "what was found is not what was asked for";
    EXPECT_FALSE(plans.stopNow(bob, camera).value()) << "twice";
    m_clock.advance(2h);
    EXPECT_TRUE(plans.eventsSince(m_clock.now() - 1h)->empty());
    ASSERT_TRUE(plans.forget(m_clock.now() - 1h));
}

}  // namespace
}  // namespace leedswatch::tests
