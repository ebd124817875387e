#include "incident/incident_log.h"

#include "base/file.h"
#include "estate/camera_registry.h"
#include "store/audit_log.h"
#include "store/audit_witness.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>

using namespace leedswatch;
using leedswatch::tests::FakeClock;
using leedswatch::tests::TemporaryFolder;

namespace {

class IncidentLogTest : public testing::Test {
protected:
    void SetUp() override {
        auto opened = store::Database::open(m_folder.path(), m_clock);
        ASSERT_TRUE(opened) << opened.error().message;
        m_database = std::move(*opened);
        m_log = std::make_unique<incident::IncidentLog>(*m_database);
        m_acting = access::Acting::commandLine();
        ASSERT_TRUE(estate::CameraRegistry{*m_database}.importCsv(
            m_acting,
            "number,name,main_url\n12,Briggate North,rtsp://10.0.0.1/main\n13,Kirkgate,rtsp://10.0.0.2/main\n"));
    }

    std::string add(const std::string& text, const std::string& category = "asb", std::optional<int> camera = {}) {
        const auto added = m_log->add(m_acting, category, camera, text);
        EXPECT_TRUE(added) << (added ? "" : added.error().message);
        return added ? added->reference : "";
    }

    std::vector<std::string> find(const incident::Search& search) {
        std::vector<std::string> texts;
        const auto found = m_log->search(m_acting, search);
        EXPECT_TRUE(found) << (found ? "" : found.error().message);
        for (const auto& entry : found.value_or(std::vector<incident::Entry>{})) {
            texts.push_back(entry.text);
        }
        return texts;
    }
    std::vector<std::string> findWords(const std::string& words) {
        incident::Search search;
        search.words = words;
        return find(search);
    }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'700'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<incident::IncidentLog> m_log;
    access::Acting m_acting;
};

using testing::ElementsAre;
using testing::IsEmpty;

TEST_F(IncidentLogTest, AnEntryComesBackAsItWasWritten) {
    const auto added = m_log->add(m_acting, "theft", 12, "Man in a grey coat left Boots with two bags");
    ASSERT_TRUE(added) << added.error().message;
    EXPECT_EQ(added->cameraName, "Briggate North");
    const auto found = m_log->search(m_acting, {}).value();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().text, "Man in a grey coat left Boots with two bags");
    EXPECT_EQ(found.front().at, m_clock.now());
    EXPECT_EQ(found.front().cameraNumber, 12);
    EXPECT_EQ(found.front().cameraName, "Briggate North");
    EXPECT_EQ(found.front().category, "theft");
    EXPECT_EQ(found.front().author, m_acting.username);
    EXPECT_EQ(found.front().reference, added->reference);
}

TEST_F(IncidentLogTest, TheRunningNumberGrowsByOneInTheYear) {
    EXPECT_EQ(add("first"), "2023-000001");
    EXPECT_EQ(add("second"), "2023-000002");
}

TEST_F(IncidentLogTest, EveryWordMustOccurAsAWordOrTheBeginningOfOne) {
    add("Group of youths throwing stones at buses");
    add("Youth with a bicycle");
    EXPECT_THAT(findWords("youth"), ElementsAre("Youth with a bicycle", "Group of youths throwing stones at buses"));
    EXPECT_THAT(findWords("stones youth"), ElementsAre("Group of youths throwing stones at buses"));
    EXPECT_THAT(findWords("tones"), IsEmpty());
}

TEST_F(IncidentLogTest, AnythingMayBeTypedIntoTheSearch) {
    add("Caf\u00e9 window broken at 12:30, \"smash & grab\"");
    for (const char* words : {"\"", "'", "\"smash", "smash &", "AND", "OR NOT", "NEAR(", "text:", "-", "*", "^", "()",
                              ";--", "a\"b*c", "\xff\xfe", "   ", "12:30 broken", "{text} : x"}) {
        incident::Search search;
        search.words = words;
        const auto found = m_log->search(m_acting, search);
        EXPECT_TRUE(found) << words << ": " << (found ? "" : found.error().message);
    }
    EXPECT_EQ(findWords("smash & \"grab\"").size(), 1U);
    EXPECT_EQ(findWords("12:30").size(), 1U);
    EXPECT_EQ(findWords("cafe").size(), 1U) << "an accent need not be typed";
    EXPECT_EQ(findWords("WINDOW").size(), 1U);
    EXPECT_THAT(findWords("AND"), IsEmpty());
}

TEST_F(IncidentLogTest, AnEntryIsFoundByItsNumberAndByTheNameOfItsCamera) {
    add("first", "asb", 12);
    const auto second = add("second", "asb", 13);
    EXPECT_THAT(findWords(second), ElementsAre("second"));
    EXPECT_THAT(findWords("briggate"), ElementsAre("first"));
    EXPECT_THAT(findWords("category"), IsEmpty()) << "the index's own marks are no words of the log";
    EXPECT_THAT(findWords("camera 12"), IsEmpty());
    EXPECT_THAT(findWords("category_asb"), IsEmpty());
}

TEST_F(IncidentLogTest, FiltersNarrowTogether) {
    add("stone thrown", "damage", 12);
    m_clock.advance(std::chrono::hours{1});
    const auto later = m_clock.now();
    add("stone thrown again", "damage", 13);
    m_clock.advance(std::chrono::hours{1});
    add("stone thrown at a bus", "asb", 13);
    incident::Search search;
    search.words = "stone";
    search.category = "damage";
    EXPECT_THAT(find(search), ElementsAre("stone thrown again", "stone thrown"));
    search.cameraNumber = 13;
    EXPECT_THAT(find(search), ElementsAre("stone thrown again"));
    search = {};
    search.from = later;
    search.to = later + std::chrono::minutes{1};
    EXPECT_THAT(find(search), ElementsAre("stone thrown again"));
    search.words = "stone";
    EXPECT_THAT(find(search), ElementsAre("stone thrown again"));
    search = {};
    search.limit = 1;
    EXPECT_THAT(find(search), ElementsAre("stone thrown at a bus"));
    search.category = "no-such category\"";
    EXPECT_THAT(find(search), IsEmpty());
}

TEST_F(IncidentLogTest, TheNumberBeginsAnewAtMidnightInLondonAndNotInGreenwich) {
    // 2024-12-31T23:59:59Z is still 2024 in London, as it is winter.
    m_clock.stepWallClock(base::fromStored(1'735'689'599'000'000) - m_clock.now());
    EXPECT_EQ(add("old year"), "2024-000001");
    m_clock.advance(std::chrono::seconds{2});
    EXPECT_EQ(add("new year"), "2025-000001");
    EXPECT_EQ(add("new year"), "2025-000002");
}

TEST_F(IncidentLogTest, WhatIsNoEntryIsRefusedAndTakesNoNumber) {
    const auto code = [&](const std::string& category, std::optional<int> camera, const std::string& text) {
        const auto added = m_log->add(m_acting, category, camera, text);
        return added ? base::ErrorCode::Internal : added.error().code;
    };
    EXPECT_EQ(code("asb", {}, ""), base::ErrorCode::InvalidInput);
    EXPECT_EQ(code("asb", {}, " \n\t "), base::ErrorCode::InvalidInput);
    EXPECT_EQ(code("asb", {}, std::string(8'001, 'x')), base::ErrorCode::InvalidInput);
    EXPECT_EQ(code("nonsense", {}, "text"), base::ErrorCode::InvalidInput);
    EXPECT_EQ(code("asb", 99, "text"), base::ErrorCode::InvalidInput);
    EXPECT_EQ(code("asb", {}, "bad \xff bytes"), base::ErrorCode::InvalidInput);
    EXPECT_EQ(code("asb", {}, std::string("zero \0 byte", 11)), base::ErrorCode::InvalidInput);
    EXPECT_EQ(add("good"), "2023-000001");
}

TEST_F(IncidentLogTest, WhoMayNotReadOrWriteIsRefused) {
    access::Acting engineer;
    engineer.username = "eng";
    engineer.role = access::Role::Engineer;
    EXPECT_EQ(m_log->add(engineer, "asb", {}, "text").error().code, base::ErrorCode::NotPermitted);
    EXPECT_EQ(m_log->search(engineer, {}).error().code, base::ErrorCode::NotPermitted);
}

TEST_F(IncidentLogTest, AFlippedByteInTheFileIsNamedByTheAuditLog) {
    add("The suspect wore a green jacket");
    add("Nothing else of note");
    const auto file = m_database->file();
    m_database.reset();
    auto bytes = base::readWholeFile(file).value();
    const auto at = bytes.find("The suspect wore a green");
    ASSERT_NE(at, std::string::npos);
    bytes[at + 19] = 'q';
    ASSERT_TRUE(base::replaceFile(file, bytes));
    m_database = store::Database::open(m_folder.path(), m_clock).value();
    const auto found =
        store::AuditLog{*m_database}.verify({&incident::IncidentLog::witness(), &estate::CameraRegistry::witness()});
    EXPECT_THAT(found->problems, ElementsAre(testing::HasSubstr("incident_log_entry 2023-000001 (row 1) is not what")));
}

}  // namespace
