#include "incident/incident_log.h"

#include "estate/camera_registry.h"
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

}  // namespace
