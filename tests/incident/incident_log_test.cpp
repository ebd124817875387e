#include "incident/incident_log.h"

#include "base/file.h"
#include "estate/camera_registry.h"
#include "estate/wards.h"
#include "incident/line_rows.h"
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

    /// Its number as a text; empty if it was refused.
    std::string add(const std::string& text, const std::string& type = "asb", std::optional<int> camera = {}) {
        const auto added = m_log->add(m_acting, line(text, type, camera));
        EXPECT_TRUE(added) << (added ? "" : added.error().message);
        return added ? std::to_string(added->id.value()) : "";
    }

    static incident::NewLine line(const std::string& text, const std::string& type = "asb",
                                  std::optional<int> camera = {}) {
        incident::NewLine line;
        line.text = text;
        line.type = type;
        line.cameraNumber = camera;
        return line;
    }

    base::ErrorCode refusal(const incident::NewLine& line) {
        const auto added = m_log->add(m_acting, line);
        return added ? base::ErrorCode::Internal : added.error().code;
    }

    std::vector<std::string> problems() {
        return store::AuditLog{*m_database}
            .verify({&incident::lineWitness(), &incident::lineErasureWitness(), &incident::oldLineWitness(),
                     &estate::CameraRegistry::witness(), &estate::Wards::witness(), &estate::Wards::cameraWitness()})
            ->problems;
    }

    std::vector<std::string> find(const incident::Search& search) {
        std::vector<std::string> texts;
        const auto found = m_log->search(m_acting, search);
        EXPECT_TRUE(found) << (found ? "" : found.error().message);
        for (const auto& entry : found.value_or(std::vector<incident::LogLine>{})) {
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
    const auto added = m_log->add(m_acting, line("Man in a grey coat left Boots with two bags", "theft", 12));
    ASSERT_TRUE(added) << added.error().message;
    EXPECT_EQ(added->cameraName, "Briggate North");
    const auto found = m_log->search(m_acting, {}).value();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found.front().text, "Man in a grey coat left Boots with two bags");
    EXPECT_EQ(found.front().at, m_clock.now());
    EXPECT_EQ(found.front().cameraNumber, 12);
    EXPECT_EQ(found.front().cameraName, "Briggate North");
    EXPECT_EQ(found.front().type, "theft");
    EXPECT_EQ(found.front().author, m_acting.username);
    EXPECT_EQ(found.front().id, added->id);
    EXPECT_EQ(found.front().reference, "") << "it belongs to no incident";
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

TEST_F(IncidentLogTest, AnEntryIsFoundByTheNameOfItsCameraAndNotByTheMarksOfTheIndex) {
    add("first", "asb", 12);
    add("second", "asb", 13);
    EXPECT_THAT(findWords("briggate"), ElementsAre("first"));
    EXPECT_THAT(findWords("type"), IsEmpty()) << "the index's own marks are no words of the log";
    EXPECT_THAT(findWords("camera 12"), IsEmpty());
    EXPECT_THAT(findWords("type_asb"), IsEmpty());
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
    search.type = "damage";
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
    search.type = "no-such category\"";
    EXPECT_THAT(find(search), IsEmpty());
}

TEST_F(IncidentLogTest, WhatIsNoEntryIsRefusedAndTakesNoNumber) {
    EXPECT_EQ(refusal(line("")), base::ErrorCode::InvalidInput);
    EXPECT_EQ(refusal(line(" \n\t ")), base::ErrorCode::InvalidInput);
    EXPECT_EQ(refusal(line(std::string(8'001, 'x'))), base::ErrorCode::InvalidInput);
    EXPECT_EQ(refusal(line("text", "nonsense")), base::ErrorCode::InvalidInput);
    EXPECT_EQ(refusal(line("text", "asb", 99)), base::ErrorCode::InvalidInput);
    EXPECT_EQ(refusal(line("bad \xff bytes")), base::ErrorCode::InvalidInput);
    EXPECT_EQ(refusal(line(std::string("zero \0 byte", 11))), base::ErrorCode::InvalidInput);
    auto early = line("tomorrow");
    early.happened = m_clock.now() + std::chrono::hours{24};
    EXPECT_EQ(refusal(early), base::ErrorCode::InvalidInput);
    auto urgent = line("text");
    urgent.priority = 5;
    EXPECT_EQ(refusal(urgent), base::ErrorCode::InvalidInput);
    EXPECT_EQ(add("good"), "1");
}

TEST_F(IncidentLogTest, EightThousandCharactersOfAnyScriptAreTaken) {
    std::string text;
    for (int count = 0; count < 2'000; ++count) {
        text += "\u05d0\u0628\U0001f6a8.";
    }
    EXPECT_EQ(add(text), "1");
    EXPECT_EQ(m_log->search(m_acting, {})->front().text, text);
}

TEST_F(IncidentLogTest, WhatStandsBetweenQuotationMarksIsFoundAsItStandsThere) {
    add("Fight outside the Corn Exchange");
    add("Exchange of blows, corn spilt");
    EXPECT_THAT(findWords("\"corn exchange\""), ElementsAre("Fight outside the Corn Exchange"));
    EXPECT_THAT(findWords("\"corn exchange\" fight"), ElementsAre("Fight outside the Corn Exchange"));
    EXPECT_EQ(findWords("corn exch").size(), 2U);
}

TEST_F(IncidentLogTest, ATypeIsFoundWithAllThatIsBelowIt) {
    add("general", "violence");
    add("two men", "fight");
    add("not this", "theft");
    incident::Search search;
    search.type = "violence";
    EXPECT_THAT(find(search), ElementsAre("two men", "general"));
    search.type = "fight";
    EXPECT_THAT(find(search), ElementsAre("two men"));
}

TEST_F(IncidentLogTest, WardAndCommitteeAreThoseOfTheCamera) {
    estate::Wards wards{*m_database};
    ASSERT_TRUE(wards.importWards(m_acting, "ward,committee\nCity and Hunslet,Inner South\nHeadingley,Inner North\n"));
    ASSERT_TRUE(wards.importCameras(m_acting, "camera,ward\n12,City and Hunslet\n13,Headingley\n"));
    add("in town", "asb", 12);
    add("by the students", "asb", 13);
    add("nowhere");
    incident::Search search;
    search.committee = "Inner South";
    EXPECT_THAT(find(search), ElementsAre("in town"));
    search = {};
    search.ward = wards.list()->front().id;
    EXPECT_THAT(find(search), ElementsAre("by the students"));
    EXPECT_THAT(findWords("hunslet"), ElementsAre("in town"));
    EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(IncidentLogTest, PriorityBookAndAuthorNarrow) {
    auto urgent = line("urgent");
    urgent.priority = 1;
    ASSERT_TRUE(m_log->add(m_acting, urgent));
    auto radio = line("radio check");
    radio.book = incident::Book::Airwave;
    radio.facts = {{"call-sign", "YP12"}, {"talk-group", "City 1"}};
    ASSERT_TRUE(m_log->add(m_acting, radio));
    incident::Search search;
    search.priority = 2;
    EXPECT_THAT(find(search), ElementsAre("urgent"));
    search = {};
    search.book = incident::Book::Airwave;
    EXPECT_THAT(find(search), ElementsAre("radio check"));
    EXPECT_THAT(findWords("yp12"), ElementsAre("radio check")) << "what a book asks for is searched too";
    search = {};
    search.author = m_acting.username;
    EXPECT_EQ(find(search).size(), 2U);
    search.author = "somebody";
    EXPECT_THAT(find(search), IsEmpty());
}

TEST_F(IncidentLogTest, ABookHasWhatItAsksForInItsOwnOrder) {
    auto radio = line("units to Briggate");
    radio.book = incident::Book::Airwave;
    radio.facts = {{"call-sign", "YP12"}};
    EXPECT_EQ(refusal(radio), base::ErrorCode::InvalidInput) << "the talk group is missing";
    radio.facts = {{"call-sign", "YP12"}, {"talk-group", "City 1"}, {"nonsense", "goes"}};
    const auto added = m_log->add(m_acting, radio);
    ASSERT_TRUE(added) << added.error().message;
    const auto found = m_log->search(m_acting, {})->front();
    EXPECT_EQ(found.facts, (incident::Facts{{"talk-group", "City 1"}, {"call-sign", "YP12"}}));
}

TEST_F(IncidentLogTest, ACorrectionIsANewLineThatRefersToTheOld) {
    const auto wrong = m_log->add(m_acting, line("Red Ford Fiesta", "theft", 12)).value();
    auto correction = line("Blue Ford Fiesta", "theft", 12);
    correction.kind = incident::LineKind::Correction;
    EXPECT_EQ(refusal(correction), base::ErrorCode::InvalidInput) << "of which line?";
    correction.refersTo = wrong.id;
    ASSERT_TRUE(m_log->add(m_acting, correction));
    const auto thread = m_log->thread(m_acting, wrong.id).value();
    ASSERT_EQ(thread.size(), 2U);
    EXPECT_EQ(thread[0].text, "Red Ford Fiesta") << "it stays as it was";
    EXPECT_EQ(thread[1].text, "Blue Ford Fiesta");
    EXPECT_EQ(thread[1].refersTo, wrong.id);
    correction.refersTo = incident::LineId{999};
    EXPECT_EQ(refusal(correction), base::ErrorCode::NotFound);
}

TEST_F(IncidentLogTest, ManyLinesAreWrittenTogetherOrNotAtAll) {
    std::vector<incident::NewLine> lines{line("one"), line("two", "theft", 12), line("three")};
    ASSERT_TRUE(m_log->addAll(m_acting, lines));
    EXPECT_THAT(findWords(""), ElementsAre("three", "two", "one"));
    lines.push_back(line("wrong", "nonsense"));
    EXPECT_FALSE(m_log->addAll(m_acting, lines));
    EXPECT_EQ(findWords("").size(), 3U);
    EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(IncidentLogTest, WhoMayNotReadOrWriteIsRefused) {
    access::Acting engineer;
    engineer.username = "eng";
    engineer.role = access::Role::Engineer;
    EXPECT_EQ(m_log->add(engineer, line("text")).error().code, base::ErrorCode::NotPermitted);
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
    EXPECT_THAT(problems(), ElementsAre(testing::HasSubstr("log_line 1 (row 1) is not what")));
}

TEST_F(IncidentLogTest, WordsThatWereTakenOutWithoutAnErasureAreMissed) {
    add("The suspect wore a green jacket");
    ASSERT_TRUE(m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "UPDATE log_line SET text = '', facts = '', salt = NULL";
        return {};
    }));
    EXPECT_THAT(problems(), ElementsAre(testing::HasSubstr("log_line 1 (row 1) is not what")));
    ASSERT_TRUE(m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "INSERT INTO log_line_erasure (line_id, at) VALUES (1, 5)";
        return {};
    }));
    EXPECT_THAT(problems(), ElementsAre(testing::HasSubstr("no audit event vouches for log_line_erasure 1")));
}

TEST_F(IncidentLogTest, ALineCannotBeChangedOrDeleted) {
    add("as it was");
    const auto change = [&](const char* sql) {
        return m_database
            ->write([&](store::Transaction& transaction) -> base::Result<void> {
                transaction.sql() << sql;
                return {};
            })
            .has_value();
    };
    EXPECT_FALSE(change("UPDATE log_line SET text = 'otherwise'"));
    EXPECT_FALSE(change("UPDATE log_line SET author = 'another'"));
    EXPECT_FALSE(change("DELETE FROM log_line"));
}

}  // namespace
