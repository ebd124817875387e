#include "estate/premises_details.h"

#include "estate/premises_registry.h"
#include "store/audit_log.h"
#include "store/audit_witness.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using base::ErrorCode;
using estate::PremisesDetails;
using estate::SpokenWord;

class PremisesDetailsTest : public testing::Test {
protected:
    PremisesDetailsTest() {
        m_database = store::Database::open(m_folder.path(), m_clock).value();
        EXPECT_TRUE(estate::PremisesRegistry{*m_database}.importCsv(m_acting,
                                                                    "account,name,police_reference\n"
                                                                    "1001,Otley Library,WY 12345\n"
                                                                    "1002,Hall Lane School,\n"));
        EXPECT_TRUE(estate::CameraRegistry{*m_database}.importCsv(
            m_acting,
            "number,name,site,main_url\n12,Front,Otley,rtsp://127.0.0.1/12\n14,Till,Otley,rtsp://127.0.0.1/14\n"));
    }
    PremisesDetails details() { return PremisesDetails{*m_database}; }
    estate::PremisesId premises(const std::string& reference) {
        const auto all = estate::PremisesRegistry{*m_database}.list().value();
        for (const auto& one : all) {
            if (one.reference == reference) {
                return one.id;
            }
        }
        return {};
    }
    std::string problemWith(const std::string& csv) {
        const auto imported = details().importKeyholders(m_acting, csv);
        return imported ? std::string{} : imported.error().message;
    }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'800'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
    const access::Acting m_acting = access::Acting::commandLine();
};

TEST_F(PremisesDetailsTest, KeyholdersAreThoseOfTheNewestFileInItsOrder) {
    ASSERT_TRUE(details().importKeyholders(m_acting,
                                           "premises,name,phones,availability,holds_keys,note\n"
                                           "1001,Mrs Shah,\"07700 900001, 0113 4960001\",Mon-Fri 07:00-19:00,yes,\n"
                                           "1002,The head,07700 900003,,,\n"
                                           "1001,Mr Dale,07700 900002,,no,deaf in one ear\n"));
    const auto card = details().card(m_acting, premises("1001")).value();
    ASSERT_EQ(card.keyholders.size(), 2U);
    EXPECT_EQ(card.keyholders[0].name, "Mrs Shah");
    EXPECT_EQ(card.keyholders[0].phones, "07700 900001, 0113 4960001");
    EXPECT_EQ(card.keyholders[0].availability.text(), "Mon-Fri 07:00-19:00");
    EXPECT_FALSE(card.keyholders[1].holdsKeys);
    EXPECT_EQ(card.premises.policeReference, "WY 12345");
    ASSERT_TRUE(details().importKeyholders(m_acting, "premises,name,phones\n1001,Ms New,07700 900009\n"));
    EXPECT_EQ(details().card(m_acting, premises("1001"))->keyholders.size(), 1U);
    EXPECT_EQ(details().card(m_acting, premises("1002"))->keyholders.size(), 1U);
}

TEST_F(PremisesDetailsTest, AFileIsTakenWholeOrNotAtAll) {
    EXPECT_NE(problemWith("premises,name,phones\n1001,A,1\n9999,B,2\n").find("line 3"), std::string::npos);
    EXPECT_NE(problemWith("premises,name,phones\n1001,,1\n").find("name"), std::string::npos);
    EXPECT_NE(problemWith("premises,name,phones,availability\n1001,A,1,sometimes\n").find("availability"),
              std::string::npos);
    EXPECT_TRUE(details().card(m_acting, premises("1001"))->keyholders.empty());
}

TEST_F(PremisesDetailsTest, AWordIsComparedAndNeverShown) {
    ASSERT_TRUE(details().importAnswering(m_acting, "premises,password,duress\n1001,Blue Heron,Green heron\n"));
    const auto compare = [&](const char* said) {
        return details().compareWord(m_acting, premises("1001"), said).value();
    };
    EXPECT_EQ(compare("  blue   HERON "), SpokenWord::Right);
    EXPECT_EQ(compare("blue herons"), SpokenWord::Wrong);
    EXPECT_EQ(compare("green heron"), SpokenWord::Duress);
    EXPECT_EQ(details().compareWord(m_acting, premises("1002"), "x").value(), SpokenWord::NoneKept);
    EXPECT_EQ(details().compareWord(m_acting, premises("1001"), " ").error().code, ErrorCode::InvalidInput);
    EXPECT_TRUE(details().card(m_acting, premises("1001"))->hasPassword);
    std::string sealed;
    ASSERT_TRUE(m_database->read([&](soci::session& sql) -> base::Result<void> {
        sql << "SELECT sealed FROM premises_word", soci::into(sealed);
        return {};
    }));
    EXPECT_EQ(sealed.find("heron"), std::string::npos);
}

TEST_F(PremisesDetailsTest, OneWordIsChangedWithoutTheOtherAndADashTakesItAway) {
    ASSERT_TRUE(details().importAnswering(m_acting, "premises,password,duress\n1001,one,two\n"));
    ASSERT_TRUE(details().importAnswering(m_acting, "premises,password\n1001,three\n"));
    EXPECT_EQ(details().compareWord(m_acting, premises("1001"), "three").value(), SpokenWord::Right);
    EXPECT_EQ(details().compareWord(m_acting, premises("1001"), "two").value(), SpokenWord::Duress);
    ASSERT_TRUE(details().importAnswering(m_acting, "premises,password,duress\n1001,-,-\n"));
    EXPECT_EQ(details().compareWord(m_acting, premises("1001"), "two").value(), SpokenWord::NoneKept);
    EXPECT_FALSE(details().importAnswering(m_acting, "premises,password,duress\n1001,same,Same\n"));
}

TEST_F(PremisesDetailsTest, CamerasOpenInTheOrderOfTheFile) {
    ASSERT_TRUE(details().importAnswering(m_acting, "premises,cameras\n1001,14@03;12\n"));
    const auto cameras = details().card(m_acting, premises("1001"))->cameras;
    ASSERT_EQ(cameras.size(), 2U);
    EXPECT_EQ(cameras[0].number, 14);
    EXPECT_EQ(cameras[0].zone, "03");
    EXPECT_EQ(cameras[1].number, 12);
    EXPECT_FALSE(details().importAnswering(m_acting, "premises,cameras\n1001,99\n"));
    EXPECT_FALSE(details().importAnswering(m_acting, "premises,cameras\n1001,12;;\n"));
    ASSERT_TRUE(details().importAnswering(m_acting, "premises,cameras\n1001,-\n"));
    EXPECT_TRUE(details().card(m_acting, premises("1001"))->cameras.empty());
}

TEST_F(PremisesDetailsTest, RightsAreChecked) {
    access::Acting engineer;
    engineer.role = access::Role::Engineer;
    EXPECT_EQ(details().card(engineer, premises("1001")).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(details().compareWord(engineer, premises("1001"), "x").error().code, ErrorCode::NotPermitted);
    access::Acting person;
    person.role = access::Role::Operator;
    EXPECT_EQ(details().importKeyholders(person, "premises,name,phones\n").error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(details().importAnswering(person, "premises\n").error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(details().card(m_acting, estate::PremisesId{99}).error().code, ErrorCode::NotFound);
}

TEST_F(PremisesDetailsTest, TheAuditLogVouchesForKeyholders) {
    ASSERT_TRUE(details().importKeyholders(m_acting, "premises,name,phones\n1001,A,1\n1001,B,2\n"));
    ASSERT_TRUE(details().importKeyholders(m_acting, "premises,name,phones\n1001,C,3\n"));
    store::AuditLog log{*m_database};
    const std::vector<const store::AuditWitness*> witnesses{
        &PremisesDetails::keyholderWitness(), &estate::PremisesRegistry::witness(),
        &estate::PremisesRegistry::panelWitness(), &estate::CameraRegistry::witness(),
        &estate::CameraRegistry::connectionWitness()};
    EXPECT_TRUE(log.verify(witnesses)->problems.empty());
    ASSERT_TRUE(m_database->write([&](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "UPDATE keyholder SET phones = '999'";
        return {};
    }));
    EXPECT_EQ(log.verify(witnesses)->problems.size(), 1U);
}

}  // namespace
}  // namespace leedswatch::tests
