#include "estate/wall_shelf.h"

#include "access/people.h"
#include "store/audit_log.h"
#include "store/audit_witness.h"
#include "store/change_feed.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

using namespace leedswatch;
using namespace std::chrono_literals;
using estate::CameraId;
using leedswatch::tests::FakeClock;
using leedswatch::tests::TemporaryFolder;

namespace {

class WallShelfTest : public testing::Test {
protected:
    void SetUp() override {
        auto opened = store::Database::open(m_folder.path(), m_clock);
        ASSERT_TRUE(opened) << opened.error().message;
        m_database = std::move(*opened);
        m_people = std::make_unique<access::People>(*m_database);
        m_views = std::make_unique<estate::SavedViews>(*m_database);
        m_sequences = std::make_unique<estate::Sequences>(*m_database);
    }

    access::Acting person(const std::string& name, access::Role role) {
        const auto commandLine = access::Acting::commandLine();
        if (m_people->isEmpty().value()) {
            EXPECT_TRUE(
                m_people->add(commandLine, "admin", "Ada", access::Role::Administrator, "owl on the hall", false));
        }
        EXPECT_TRUE(m_people->add(commandLine, name, name, role, "owl on the hall", false));
        return m_people->signIn(name, "owl on the hall", "desk 1").value();
    }

    static estate::ViewContent fourTiles() {
        return {4, {{{CameraId{3}, 12}, {}, false}, {}, {{}, estate::SequenceId{5}, false}, {{}, {}, true}}};
    }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'700'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<access::People> m_people;
    std::unique_ptr<estate::SavedViews> m_views;
    std::unique_ptr<estate::Sequences> m_sequences;
};

TEST_F(WallShelfTest, WhatWasSavedComesBackWholeToItsPersonAndToNobodyElse) {
    const auto olive = person("olive", access::Role::Operator);
    const auto percy = person("percy", access::Role::Operator);
    const auto id = m_views->add(olive, " Town centre ", false, fourTiles());
    ASSERT_TRUE(id) << id.error().message;
    const auto views = m_views->list(olive).value();
    ASSERT_EQ(views.size(), 1U);
    EXPECT_EQ(views[0].id, *id);
    EXPECT_EQ(views[0].name, "Town centre");
    EXPECT_FALSE(views[0].isShared);
    EXPECT_EQ(views[0].content, fourTiles());
    EXPECT_EQ(views[0].changedBy, "olive");
    EXPECT_TRUE(m_views->list(percy).value().empty());
    EXPECT_EQ(m_views->remove(percy, *id).error().code, base::ErrorCode::NotFound);
    EXPECT_EQ(m_views->replace(percy, *id, fourTiles()).error().code, base::ErrorCode::NotFound);
}

TEST_F(WallShelfTest, OnlyWhoMayShareChangesWhatTheRoomShares) {
    const auto olive = person("olive", access::Role::Operator);
    const auto sara = person("sara", access::Role::Supervisor);
    EXPECT_EQ(m_views->add(olive, "Match day", true, fourTiles()).error().code, base::ErrorCode::NotPermitted);
    const auto id = m_views->add(sara, "Match day", true, fourTiles()).value();
    ASSERT_EQ(m_views->list(olive).value().size(), 1U);
    EXPECT_TRUE(m_views->list(olive).value()[0].isShared);
    EXPECT_EQ(m_views->replace(olive, id, fourTiles()).error().code, base::ErrorCode::NotPermitted);
    EXPECT_EQ(m_views->rename(olive, id, "Mine").error().code, base::ErrorCode::NotPermitted);
    EXPECT_EQ(m_views->remove(olive, id).error().code, base::ErrorCode::NotPermitted);
    EXPECT_TRUE(m_views->rename(sara, id, "Derby day"));
    EXPECT_EQ(m_views->list(olive).value()[0].name, "Derby day");
    EXPECT_TRUE(m_views->remove(sara, id));
    EXPECT_TRUE(m_views->list(olive).value().empty());
    EXPECT_EQ(m_views->rename(sara, id, "Again").error().code, base::ErrorCode::NotFound);
}

TEST_F(WallShelfTest, ANameIsThereOnceAmongTheSharedAndOnceAmongAPersonsOwn) {
    const auto sara = person("sara", access::Role::Supervisor);
    const auto olive = person("olive", access::Role::Operator);
    const auto own = m_views->add(sara, "Briggate", false, fourTiles()).value();
    EXPECT_TRUE(m_views->add(sara, "Briggate", true, fourTiles()));
    EXPECT_TRUE(m_views->add(olive, "briggate", false, fourTiles()));
    EXPECT_TRUE(m_sequences->add(sara, "Briggate", false, {{{{CameraId{1}, 1}, 5s}}, false}));
    const auto second = m_views->add(sara, "BRIGGATE", false, fourTiles());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, base::ErrorCode::AlreadyExists);
    EXPECT_EQ(second.error().message, "you have a view named 'BRIGGATE' already");
    EXPECT_TRUE(m_views->rename(sara, own, "briggate")) << "its own name in other letters";
    ASSERT_TRUE(m_views->remove(sara, own));
    EXPECT_TRUE(m_views->add(sara, "Briggate", false, fourTiles())) << "the name of a deleted one is free";
}

TEST_F(WallShelfTest, NamesAndContentsThatBreakTheRulesAreRefused) {
    const auto sara = person("sara", access::Role::Supervisor);
    const auto refused = [&](const std::string& name, const estate::SequenceContent& content) {
        const auto answer = m_sequences->add(sara, name, false, content);
        return !answer && answer.error().code == base::ErrorCode::InvalidInput;
    };
    const estate::SequenceContent good{{{{CameraId{1}, 1}, 5s}}, false};
    EXPECT_TRUE(refused("   ", good));
    EXPECT_TRUE(refused(std::string(61, 'x'), good));
    EXPECT_TRUE(refused("two\nlines", good));
    EXPECT_TRUE(refused("\xff\xfe", good));
    EXPECT_TRUE(refused("Empty", {}));
    EXPECT_TRUE(refused("Too short", {{{{CameraId{1}, 1}, 0s}}, false}));
    EXPECT_TRUE(refused("Too long", {{{{CameraId{1}, 1}, 601s}}, false}));
    EXPECT_TRUE(refused("No camera", {{{{}, 5s}}, false}));
    EXPECT_TRUE(refused("Too many", {std::vector<estate::SequenceStep>(201, {{CameraId{1}, 1}, 5s}), false}));
    EXPECT_EQ(m_views->add(sara, "Huge", false, {37, {}}).error().code, base::ErrorCode::InvalidInput);
    EXPECT_EQ(m_views->add(access::Acting::commandLine(), "Nobody's", false, fourTiles()).error().code,
              base::ErrorCode::InvalidInput);
}

TEST_F(WallShelfTest, EveryChangeIsInTheAuditLogAndARowChangedBehindItsBackIsNamed) {
    const auto sara = person("sara", access::Role::Supervisor);
    const auto id = m_views->add(sara, "Match day", true, fourTiles()).value();
    ASSERT_TRUE(m_views->replace(sara, id, {1, {}}));
    ASSERT_TRUE(m_views->rename(sara, id, "Derby"));
    ASSERT_TRUE(m_views->remove(sara, id));
    ASSERT_TRUE(m_sequences->add(sara, "Night", true, {{{{CameraId{1}, 1}, 5s}}, true}));
    store::AuditLog log{*m_database};
    const auto witnesses = {&estate::WallRecords::witness(), &access::People::witness()};
    EXPECT_TRUE(log.verify(witnesses)->problems.empty());
    ASSERT_TRUE(m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "UPDATE wall_record SET deleted = 0 WHERE name = 'Derby'";
        return {};
    }));
    const auto found = log.verify(witnesses).value();
    ASSERT_EQ(found.problems.size(), 1U);
    EXPECT_NE(found.problems[0].find("Derby"), std::string::npos) << found.problems[0];
}

TEST_F(WallShelfTest, ADamagedOneIsSaidToBeAndTheOthersAreThere) {
    const auto sara = person("sara", access::Role::Supervisor);
    ASSERT_TRUE(m_views->add(sara, "A", false, fourTiles()));
    const auto broken = m_views->add(sara, "B", false, fourTiles()).value();
    for (const std::string content : {"", "{", "[]", "{\"layout\":\"x\",\"tiles\":[]}", "{\"layout\":99,\"tiles\":[]}",
                                      "{\"layout\":1,\"tiles\":[{},{}]}", "{\"layout\":4,\"tiles\":[{\"camera\":7}]}",
                                      "{\"layout\":4,\"tiles\":[{\"camera\":{\"id\":-1,\"number\":1}}]}"}) {
        ASSERT_TRUE(m_database->write([&](store::Transaction& transaction) -> base::Result<void> {
            const auto id = broken.value();
            transaction.sql() << "UPDATE wall_record SET content = :content WHERE id = :id",
                soci::use(content, "content"), soci::use(id, "id");
            return {};
        }));
        const auto views = m_views->list(sara).value();
        ASSERT_EQ(views.size(), 2U);
        EXPECT_FALSE(views[0].isDamaged);
        EXPECT_TRUE(views[1].isDamaged) << content;
        EXPECT_TRUE(views[1].content.tiles.empty());
    }
    EXPECT_TRUE(m_views->replace(sara, broken, fourTiles()));
    EXPECT_FALSE(m_views->list(sara).value()[1].isDamaged);
}

}  // namespace
