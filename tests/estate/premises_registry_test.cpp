#include "estate/premises_registry.h"

#include "base/file.h"
#include "estate/panel_protocols.h"
#include "store/audit_log.h"
#include "store/audit_witness.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using estate::Panel;
using estate::Premises;

class PremisesRegistryTest : public testing::Test {
protected:
    PremisesRegistryTest() {
        m_database = store::Database::open(m_folder.path(), m_clock).value();
        m_registry = std::make_unique<estate::PremisesRegistry>(*m_database);
    }

    estate::ImportReport import(const std::string& csv) {
        const auto report = m_registry->importCsv(m_acting, csv);
        EXPECT_TRUE(report) << (report ? "" : report.error().message);
        return report.value_or(estate::ImportReport{});
    }
    std::string refusal(const std::string& csv) {
        const auto report = m_registry->importCsv(m_acting, csv);
        EXPECT_FALSE(report);
        return report ? "" : report.error().message;
    }
    std::string keyOf(const Panel& panel) { return m_registry->keys().value()[panel.id]; }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'700'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<estate::PremisesRegistry> m_registry;
    access::Acting m_acting = access::Acting::commandLine();
};

TEST_F(PremisesRegistryTest, ImportsAPanelWithAllThatIsKnownOfItsPremises) {
    const auto report = import(
        "account,name,premises,line,transmitter,address,ward,committee,latitude,longitude,class,police_reference,"
        "test_hours,path_category\n"
        "00a7,Hill School,P12,1f,Ajax,\"1 Hill Lane, LS1\",Headingley,Inner North West,53.82,-1.57,school,URN "
        "7,24,dp3\n");
    EXPECT_EQ(report.added, 1);
    const Premises premises = m_registry->list().value().at(0);
    EXPECT_EQ(premises.reference, "P12");
    EXPECT_EQ(premises.name, "Hill School");
    EXPECT_EQ(premises.address, "1 Hill Lane, LS1");
    EXPECT_EQ(premises.latitude, 53'820'000);
    EXPECT_EQ(premises.longitude, -1'570'000);
    EXPECT_EQ(premises.kind, "school");
    EXPECT_EQ(premises.policeReference, "URN 7");
    const Panel panel = m_registry->panels().value().at(0);
    EXPECT_EQ(panel.premises, premises.id);
    EXPECT_EQ(panel.account, "00A7");
    EXPECT_EQ(panel.line, "1F");
    EXPECT_EQ(panel.transmitter, "ajax");
    EXPECT_EQ(panel.testInterval, std::chrono::hours{24});
    EXPECT_EQ(panel.path, estate::PathCategory::Dp3);
    EXPECT_FALSE(panel.hasKey);
}

TEST_F(PremisesRegistryTest, PutsTwoAccountsOnOnePremisesIfTheFileSaysSo) {
    import("account,name,premises\n1001,Town Hall,TH\n1002,Town Hall,TH\n1003,Library,\n");
    ASSERT_EQ(m_registry->list().value().size(), 2U);
    const auto panels = m_registry->panels().value();
    EXPECT_EQ(panels.at(0).premises, panels.at(1).premises);
    EXPECT_NE(panels.at(0).premises, panels.at(2).premises);
}

TEST_F(PremisesRegistryTest, KeepsKeysSealedAndNeverGuessesHowOneIsTyped) {
    const std::string digits = "00112233445566778899AABBCCDDEEFF";
    import("account,name,key,key_format\n1001,A," + digits + ",hex\n1002,B," + digits + ",text\n");
    const auto panels = m_registry->panels().value();
    EXPECT_EQ(keyOf(panels.at(0)).size(), 16U);
    EXPECT_EQ(keyOf(panels.at(1)), digits);
    EXPECT_TRUE(panels.at(0).hasKey);
    EXPECT_EQ(refusal("account,name,key\n1003,C," + digits + "\n"),
              "line 2, column key_format: write hex or text: how the key is typed; or none, with an empty key, to take "
              "it away");
    const auto file = base::readWholeFile(m_database->file(), 64U << 20U).value();
    EXPECT_EQ(file.find(digits), std::string::npos);
}

TEST_F(PremisesRegistryTest, NeverPrintsAKeyThatIsWrong) {
    const std::string message = refusal("account,name,key,key_format\n1001,A,secret!,hex\n");
    EXPECT_EQ(message, "line 2, column key: the key is not all hex digits (0 to 9, A to F)");
    EXPECT_EQ(refusal("account,name,key,key_format\n1001,A,short secret,text\n"),
              "line 2, column key: a key as text has 16, 24 or 32 characters");
    EXPECT_EQ(m_registry->exportCsv(m_acting).value().find("key"), std::string::npos);
}

TEST_F(PremisesRegistryTest, ChangesWhatAFileNamesAndKeepsTheRest) {
    import("account,name,key,key_format,ward\n1001,Old Name,sixteen letters!,text,Armley\n");
    EXPECT_EQ(import("account,name\n1001,New Name\n").changed, 1);
    EXPECT_EQ(m_registry->list().value().at(0).name, "New Name");
    EXPECT_EQ(m_registry->list().value().at(0).ward, "Armley");
    EXPECT_EQ(keyOf(m_registry->panels().value().at(0)), "sixteen letters!");
    EXPECT_EQ(import("account,name\n1001,New Name\n").unchanged, 1);
    EXPECT_EQ(import("account,name,key,key_format\n1001,New Name,sixteen letters!,text\n").unchanged, 1);
    EXPECT_EQ(import("account,name,key,key_format\n1001,New Name,,none\n").changed, 1);
    EXPECT_FALSE(m_registry->panels().value().at(0).hasKey);
}

TEST_F(PremisesRegistryTest, ReadsBackWhatItWrote) {
    import(
        "account,name,premises,latitude,longitude,test_hours,path_category\n"
        "1001,\"A, the first\",P1,0.000001,-179.5,48,SP6\n1002,\"A, the first\",P1,0.000001,-179.5,,\n");
    const std::string csv = m_registry->exportCsv(m_acting).value();
    EXPECT_EQ(import(csv).unchanged, 2) << csv;
    EXPECT_NE(csv.find("0.000001,-179.500000"), std::string::npos);
}

TEST_F(PremisesRegistryTest, KnowsByWhichProtocolAPanelIsExpected) {
    import("account,name,protocol\n1001,A,mlr2\n1002,B,\n1003,C,ademco 685\n");
    import("account,name\n1001,A\n");
    const auto panels = m_registry->panels().value();
    EXPECT_EQ(panels.at(0).protocol, "MLR2");
    EXPECT_EQ(panels.at(1).protocol, "");
    EXPECT_EQ(panels.at(2).protocol, "Ademco 685");
    const auto csv = m_registry->exportCsv(m_acting).value();
    EXPECT_EQ(m_registry->importCsv(m_acting, csv)->unchanged, 3);
    import("account,name,protocol\n1001,A,\n");
    EXPECT_EQ(m_registry->panels()->at(0).protocol, "");
    EXPECT_EQ(m_registry->importCsv(m_acting, "account,name,protocol\n1001,A,morse\n").error().message,
              "line 2, column protocol: 'morse' is none of DC-09, MLR2 and Ademco 685");
}

TEST_F(PremisesRegistryTest, CountsSignalsByOtherProtocolsUntilThePanelIsExpectedByAnother) {
    import("account,name,protocol\n1001,A,MLR2\n");
    const auto panel = m_registry->panels()->at(0).id;
    estate::PanelProtocols protocols{*m_database};
    const auto when = m_database->clock().now();
    ASSERT_TRUE(protocols.addOthers({{{panel, "DC-09"}, {2, when}}, {{estate::PanelId{99}, "DC-09"}, {1, when}}}));
    ASSERT_TRUE(protocols.addOthers({{{panel, "DC-09"}, {3, when}}}));
    const auto others = protocols.others().value();
    ASSERT_EQ(others.size(), 1U);
    EXPECT_EQ(others.begin()->second.signals, 5);
    EXPECT_EQ(others.begin()->second.last, when);
    import("account,name,protocol\n1001,A,DC-09\n");
    EXPECT_TRUE(protocols.others()->empty());
}

TEST_F(PremisesRegistryTest, ImportsHowTheTwoPathsOfAPanelAreToldApart) {
    import(
        "account,name,path_category,alternative_line,primary_source,alternative_source,poll_seconds,"
        "alternative_poll_seconds\n"
        "1001,A,DP3,1f,,,60,3600\n1002,B,DP3,,81.2.3.4,10.64.0.0/10,,\n1003,C,SP5,,,,30,\n");
    auto panels = m_registry->panels().value();
    EXPECT_EQ(panels.at(0).signalling.alternativeLine, "1F");
    EXPECT_EQ(panels.at(0).signalling.pollInterval, std::chrono::seconds{60});
    EXPECT_EQ(panels.at(0).signalling.alternativePollInterval, std::chrono::hours{1});
    EXPECT_EQ(panels.at(1).signalling.primarySource, "81.2.3.4");
    EXPECT_EQ(panels.at(1).signalling.alternativeSource, "10.64.0.0/10");
    EXPECT_EQ(panels.at(1).signalling.pollInterval, std::nullopt);
    EXPECT_EQ(import(m_registry->exportCsv(m_acting).value()).unchanged, 3);
    EXPECT_EQ(import("account,name\n1001,A\n").unchanged, 1);
    EXPECT_EQ(import("account,name,alternative_line,poll_seconds\n1001,A,,0\n").changed, 1);
    panels = m_registry->panels().value();
    EXPECT_EQ(panels.at(0).signalling.alternativeLine, "");
    EXPECT_EQ(panels.at(0).signalling.pollInterval, std::nullopt);
    EXPECT_EQ(panels.at(0).signalling.alternativePollInterval, std::chrono::hours{1});
}

TEST_F(PremisesRegistryTest, RefusesPathsThatDoNotGoTogether) {
    EXPECT_EQ(refusal("account,name,path_category,alternative_source\n1001,A,DP3,10.64/10\n"),
              "line 2, column alternative_source: '10.64/10' is no network: write one address, or 10.20.0.0/16 for all "
              "that begin alike");
    EXPECT_EQ(refusal("account,name,path_category,alternative_line\n1001,A,SP3,2\n"),
              "line 2, column alternative_line: only panels of DP1 to DP4 have two paths to tell apart: empty it, or "
              "set path_category right");
    EXPECT_EQ(refusal("account,name,path_category,poll_seconds\n1001,A,SP5,90\n"),
              "line 2, column poll_seconds: the primary path of SP5 has failed after 87 seconds of silence, so it must "
              "poll sooner than every 90: set the panel or its category right");
    EXPECT_EQ(refusal("account,name,poll_seconds\n1001,A,90\n"),
              "line 2, column poll_seconds: the panel has no path_category: how late its polls may be is not known");
    EXPECT_EQ(refusal("account,name,path_category,alternative_poll_seconds\n1001,A,SP3,90\n"),
              "line 2, column alternative_poll_seconds: SP3 has one path");
    EXPECT_EQ(refusal("account,name,line,path_category,alternative_line\n1001,A,1,DP3,1\n"),
              "line 2, column alternative_line: it is the line of the primary path too");
    EXPECT_EQ(refusal("account,name,path_category,alternative_line,primary_source\n1001,A,DP3,1,10.0.0.1\n"),
              "line 2, column alternative_line: the paths are told apart by the line or by the source: give one of "
              "them");
    EXPECT_EQ(refusal("account,name,line,path_category,alternative_line\n1001,A,1,DP3,2\n1001,B,2,,\n"),
              "line 3, column line: account 1001 has that line already on another panel");
    EXPECT_TRUE(m_registry->panels().value().empty());
}

TEST_F(PremisesRegistryTest, TakesAllRowsOrNone) {
    EXPECT_EQ(refusal("account,name\n1001,A\n10-02,B\n"),
              "line 3, column account: '10-02' is no account: 1 to 16 letters and digits");
    EXPECT_EQ(refusal("account,name\n1001,A\n1001,B\n"), "line 3, column account: account 1001 is on line 2 already");
    EXPECT_EQ(refusal("account,name\n1001,\n"), "line 2, column name: it is empty: give the premises a name");
    EXPECT_EQ(refusal("account,name,latitude,longitude\n1001,A,53,\n"),
              "line 2, column latitude: latitude and longitude go together: give both or none");
    EXPECT_EQ(refusal("account,name,path_category\n1001,A,SP7\n"),
              "line 2, column path_category: 'SP7' is none of SP1 to SP6 and DP1 to DP4");
    EXPECT_TRUE(m_registry->panels().value().empty());
    EXPECT_TRUE(m_registry->list().value().empty());
}

TEST_F(PremisesRegistryTest, IsForThoseWhoManageIt) {
    m_acting.unrestricted = false;
    m_acting.role = access::Role::Operator;
    EXPECT_EQ(m_registry->importCsv(m_acting, "account,name\n1001,A\n").error().code, base::ErrorCode::NotPermitted);
    EXPECT_EQ(m_registry->exportCsv(m_acting).error().code, base::ErrorCode::NotPermitted);
    m_acting.role = access::Role::Supervisor;
    EXPECT_TRUE(m_registry->importCsv(m_acting, "account,name\n1001,A\n"));
}

TEST_F(PremisesRegistryTest, IsVouchedForByTheAuditLog) {
    import(
        "account,name,key,key_format,path_category,alternative_line,protocol\n1001,A,sixteen letters!,text,DP3,2,MLR2\n"
        "1002,B,,,,,\n");
    const std::vector<const store::AuditWitness*> all{
        &estate::PremisesRegistry::witness(), &estate::PanelProtocols::witness(),
        &estate::PremisesRegistry::panelWitness(), &estate::PremisesRegistry::signallingWitness()};
    store::AuditLog log{*m_database};
    EXPECT_TRUE(log.verify(all)->problems.empty());
    const auto forged = m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "UPDATE panel SET account = '6666' WHERE account = '1001'";
        transaction.sql() << "UPDATE panel_signalling SET alternative_line = '3'";
        return {};
    });
    ASSERT_TRUE(forged);
    EXPECT_EQ(log.verify(all)->problems.size(), 2U);
}

}  // namespace
}  // namespace leedswatch::tests
