#include "incident/incidents.h"

#include "estate/camera_registry.h"
#include "incident/incident_log.h"
#include "incident/incident_types.h"
#include "incident/line_rows.h"
#include "store/audit_log.h"
#include "store/audit_witness.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>

using namespace leedswatch;
using leedswatch::tests::FakeClock;
using leedswatch::tests::TemporaryFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

class IncidentsTest : public testing::Test {
protected:
    void SetUp() override {
        m_database = store::Database::open(m_folder.path(), m_clock).value();
        m_incidents = std::make_unique<incident::Incidents>(*m_database);
        ASSERT_TRUE(estate::CameraRegistry{*m_database}.importCsv(
            access::Acting::commandLine(),
            "number,name,main_url\n12,Briggate North,rtsp://10.0.0.1/main\n13,Kirkgate,rtsp://10.0.0.2/main\n"));
        estate::Wards wards{*m_database};
        ASSERT_TRUE(wards.importWards(access::Acting::commandLine(),
                                      "ward,committee\nCity,Inner South\nHeadingley,Inner North\n"));
        ASSERT_TRUE(wards.importCameras(access::Acting::commandLine(), "camera,ward\n12,City\n13,Headingley\n"));
        m_bob = person("bob");
        m_ann = person("ann");
    }

    static access::Acting person(const std::string& name) {
        access::Acting acting;
        acting.id = access::PersonId{1};
        acting.username = name;
        acting.role = access::Role::Operator;
        acting.workstation = "desk-1";
        return acting;
    }

    static incident::Said said(const std::string& type = "fight", std::optional<int> camera = 12) {
        incident::Said said;
        said.type = type;
        said.cameraNumber = camera;
        return said;
    }

    incident::Incident open(const incident::Said& said, const std::string& text = "Two men fighting") {
        const auto opened = m_incidents->open(m_bob, said, text);
        EXPECT_TRUE(opened) << (opened ? "" : opened.error().message);
        return opened.value_or(incident::Incident{});
    }

    std::vector<std::string> spine(const incident::Incident& incident, const incident::SpineSources& sources = {}) {
        std::vector<std::string> texts;
        const auto sheet = m_incidents->sheet(m_bob, incident.id, sources);
        EXPECT_TRUE(sheet) << (sheet ? "" : sheet.error().message);
        for (const auto& line : sheet.value().spine) {
            texts.push_back(line.text);
        }
        return texts;
    }

    std::vector<std::string> problems() {
        return store::AuditLog{*m_database}
            .verify({&incident::lineWitness(), &incident::lineErasureWitness(), &incident::incidentWitness(),
                     &incident::versionWitness(), &incident::personWitness(), &incident::personErasureWitness(),
                     &incident::linkWitness(), &incident::IncidentTypes::witness(), &estate::CameraRegistry::witness(),
                     &estate::Wards::witness(), &estate::Wards::cameraWitness()})
            ->problems;
    }

    void alter(const char* sql) {
        ASSERT_TRUE(m_database->write([&](store::Transaction& transaction) -> base::Result<void> {
            transaction.sql() << sql;
            return {};
        }));
    }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'700'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<incident::Incidents> m_incidents;
    access::Acting m_bob;
    access::Acting m_ann;
};

TEST_F(IncidentsTest, AnIncidentHasANumberOfTheYearAndThePlaceOfItsCamera) {
    const auto first = open(said());
    EXPECT_EQ(first.reference, "2023-000001");
    EXPECT_EQ(first.said.place, "Briggate North");
    EXPECT_EQ(first.said.cameraName, "Briggate North");
    EXPECT_TRUE(first.said.ward.has_value());
    EXPECT_TRUE(first.isOpen());
    EXPECT_EQ(open(said()).reference, "2023-000002");
    auto elsewhere = said();
    elsewhere.place = "Behind the market";
    EXPECT_EQ(open(elsewhere).said.place, "Behind the market");
}

TEST_F(IncidentsTest, TheNumberBeginsAnewAtMidnightInLondonAndNotInGreenwich) {
    // 2024-12-31T23:59:59Z is still 2024 in London, as it is winter.
    m_clock.stepWallClock(base::fromStored(1'735'689'599'000'000) - m_clock.now());
    EXPECT_EQ(open(said()).reference, "2024-000001");
    m_clock.advance(std::chrono::seconds{2});
    EXPECT_EQ(open(said()).reference, "2025-000001");
}

TEST_F(IncidentsTest, WhatIsRefusedTakesNoNumber) {
    EXPECT_EQ(m_incidents->open(m_bob, said("nonsense"), "text").error().code, base::ErrorCode::InvalidInput);
    EXPECT_EQ(m_incidents->open(m_bob, said(), "").error().code, base::ErrorCode::InvalidInput);
    EXPECT_EQ(m_incidents->open(m_bob, said("fight", 99), "text").error().code, base::ErrorCode::InvalidInput);
    auto engineer = m_bob;
    engineer.role = access::Role::Engineer;
    EXPECT_EQ(m_incidents->open(engineer, said(), "text").error().code, base::ErrorCode::NotPermitted);
    EXPECT_EQ(m_incidents->list(engineer, {}).error().code, base::ErrorCode::NotPermitted);
    EXPECT_EQ(open(said()).reference, "2023-000001");
}

TEST_F(IncidentsTest, TheSpineHasEveryLineOfWhateverKindInTheOrderOfItsTime) {
    const auto fight = open(said());
    m_clock.advance(std::chrono::minutes{1});
    incident::NewLine radio;
    radio.book = incident::Book::Airwave;
    radio.facts = {{"talk-group", "City 1"}, {"call-sign", "YP12"}};
    radio.incident = fight.id;
    radio.type.clear();
    radio.text = "Units on their way";
    radio.happened = fight.opened - std::chrono::seconds{30};
    const auto heard = incident::IncidentLog{*m_database}.add(m_ann, radio);
    ASSERT_TRUE(heard) << heard.error().message;
    EXPECT_EQ(heard->type, "fight") << "it is about what the incident is";
    EXPECT_EQ(heard->reference, fight.reference);
    m_clock.advance(std::chrono::minutes{1});
    ASSERT_TRUE(m_incidents->describe(m_ann, fight.id, 0, {{"part", "suspect"}, {"upper", "grey hooded top"}}));
    ASSERT_TRUE(m_incidents->link(m_bob, fight.id, {.kind = "alarm", .key = 7, .label = "alarm 7, Town Hall"}));
    const incident::SpineSources sources{{"alarm", [&](soci::session&, const incident::Link& link) {
                                              incident::SpineLine line;
                                              line.at = fight.opened + std::chrono::seconds{10};
                                              line.kind = "alarm";
                                              line.from = link.label;
                                              line.text = "Panic button";
                                              return std::vector{line};
                                          }}};
    EXPECT_THAT(spine(fight, sources), ElementsAre("Units on their way", "Two men fighting", "Panic button",
                                                   "Suspect 1: grey hooded top", "Belongs here: alarm 7, Town Hall"));
    EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(IncidentsTest, WhatIsChangedIsSaidInALineAndTheOldVersionStays) {
    const auto fight = open(said());
    auto other = fight.said;
    other.priority = 1;
    other.policeReference = "WYP-412";
    const auto changed = m_incidents->change(m_ann, fight.id, fight.version, other);
    ASSERT_TRUE(changed) << changed.error().message;
    EXPECT_EQ(changed->version, 2);
    EXPECT_EQ(changed->changedBy, "ann");
    EXPECT_EQ(spine(fight).back(), "Priority: 3 → 1. Police log: WYP-412.");
    EXPECT_EQ(m_incidents->change(m_ann, fight.id, 2, changed->said).error().code, base::ErrorCode::InvalidInput)
        << "nothing is other";
    other.cameraNumber = 13;
    const auto moved = m_incidents->change(m_ann, fight.id, 2, other);
    ASSERT_TRUE(moved) << moved.error().message;
    EXPECT_EQ(moved->said.place, "Kirkgate") << "another camera brings its own place";
    EXPECT_NE(moved->said.ward, fight.said.ward);
    EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(IncidentsTest, WhoSavesWhatAnotherDeskChangedMeanwhileIsToldWhatAndLosesNothing) {
    const auto fight = open(said());
    auto mine = fight.said;
    mine.priority = 1;
    auto theirs = fight.said;
    theirs.priority = 2;
    ASSERT_TRUE(m_incidents->change(m_ann, fight.id, fight.version, theirs));
    const auto late = m_incidents->change(m_bob, fight.id, fight.version, mine);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code, base::ErrorCode::Busy);
    EXPECT_THAT(late.error().message, HasSubstr("ann changed 2023-000001"));
    EXPECT_THAT(late.error().message, HasSubstr("Priority: 3 → 2."));
    EXPECT_EQ(m_incidents->find(m_bob, fight.reference)->said.priority, 2);
}

TEST_F(IncidentsTest, AnIncidentIsClosedWithAnOutcomeAndOpenedAgainWithAReason) {
    const auto fight = open(said());
    EXPECT_EQ(m_incidents->close(m_bob, fight.id, 1, "nonsense", "").error().code, base::ErrorCode::InvalidInput);
    const auto closed = m_incidents->close(m_bob, fight.id, 1, "arrest", "Two men arrested by PC 431");
    ASSERT_TRUE(closed) << closed.error().message;
    EXPECT_FALSE(closed->isOpen());
    EXPECT_EQ(closed->outcome, "arrest");
    EXPECT_EQ(m_incidents->close(m_ann, fight.id, 2, "nothing", "").error().code, base::ErrorCode::InvalidInput);
    EXPECT_THAT(m_incidents->close(m_ann, fight.id, 1, "nothing", "").error().message, HasSubstr("Closed."));
    incident::NewLine late;
    late.incident = fight.id;
    late.text = "Statement taken";
    EXPECT_TRUE(incident::IncidentLog{*m_database}.add(m_ann, late)) << "what is known later still belongs to it";
    const auto again = m_incidents->reopen(m_ann, fight.id, "They came back");
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_TRUE(again->isOpen());
    EXPECT_THAT(spine(fight), ElementsAre("Two men fighting", "Closed: Arrest. Two men arrested by PC 431",
                                          "Statement taken", "Reopened: They came back"));
    EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(IncidentsTest, OpenIncidentsAreListedTheMostUrgentFirst) {
    auto routine = open(said());
    auto urgent = said("firearm");
    urgent.priority = 1;
    const auto gun = open(urgent);
    const auto done = open(said("begging"));
    ASSERT_TRUE(m_incidents->close(m_bob, done.id, 1, "nothing", ""));
    const auto references = [&](const incident::IncidentFilter& filter) {
        std::vector<std::string> found;
        const auto listed = m_incidents->list(m_bob, filter).value();
        for (const auto& one : listed) {
            found.push_back(one.reference);
        }
        return found;
    };
    EXPECT_THAT(references({.onlyOpen = true}), ElementsAre(gun.reference, routine.reference));
    EXPECT_THAT(references({}), ElementsAre(done.reference, gun.reference, routine.reference));
    EXPECT_THAT(references({.type = "asb"}), ElementsAre(done.reference));
    EXPECT_THAT(references({.until = m_clock.now() - std::chrono::hours{1}}), IsEmpty());
}

TEST_F(IncidentsTest, APersonIsDescribedInFieldsAndAnew) {
    const auto fight = open(said());
    EXPECT_FALSE(m_incidents->describe(m_bob, fight.id, 0, {{"name", "John"}})) << "no free-for-all";
    EXPECT_FALSE(m_incidents->describe(m_bob, fight.id, 0, {{"hair", " "}}));
    EXPECT_EQ(m_incidents->describe(m_bob, fight.id, 0, {{"sex", "man"}})->number, 1);
    EXPECT_EQ(m_incidents->describe(m_bob, fight.id, 0, {{"sex", "woman"}})->number, 2);
    ASSERT_TRUE(m_incidents->describe(m_ann, fight.id, 1, {{"sex", "man"}, {"hair", "bald"}}));
    EXPECT_FALSE(m_incidents->describe(m_ann, fight.id, 3, {{"sex", "man"}}));
    const auto persons = m_incidents->sheet(m_bob, fight.id)->persons;
    ASSERT_EQ(persons.size(), 2U);
    EXPECT_EQ(textOf(persons[0]), "Person 1: man, bald");
    incident::Search search;
    search.words = "bald";
    EXPECT_EQ(incident::IncidentLog{*m_database}.search(m_bob, search)->size(), 1U) << "descriptions are searched";
}

TEST_F(IncidentsTest, AThingIsLinkedOnceAndKnowsItsIncidents) {
    const auto fight = open(said());
    const incident::Link alarm{.kind = "alarm", .key = 7, .label = "alarm 7"};
    ASSERT_TRUE(m_incidents->link(m_bob, fight.id, alarm));
    ASSERT_TRUE(m_incidents->link(m_bob, fight.id, alarm));
    EXPECT_EQ(m_incidents->sheet(m_bob, fight.id)->links.size(), 2U) << "its camera and the alarm";
    EXPECT_EQ(m_incidents->listOf(m_bob, "alarm", 7)->size(), 1U);
    ASSERT_TRUE(m_incidents->unlink(m_bob, fight.id, alarm, "another alarm was meant"));
    EXPECT_EQ(m_incidents->listOf(m_bob, "alarm", 7)->size(), 0U);
    EXPECT_EQ(m_incidents->unlink(m_bob, fight.id, alarm, "again").error().code, base::ErrorCode::NotFound);
    EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(IncidentsTest, WhateverIsAlteredFromOutsideIsNamed) {
    const auto fight = open(said());
    ASSERT_TRUE(m_incidents->close(m_bob, fight.id, 1, "arrest", ""));
    alter("DROP TRIGGER incident_version_is_never_changed");
    alter("UPDATE incident_version SET outcome = 'nothing' WHERE number = 2");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("incident_version 2023-000001 (row 2) is not what")));
    alter("UPDATE incident_version SET outcome = 'arrest' WHERE number = 2");
    EXPECT_THAT(problems(), IsEmpty());
    // Nor can the old version be made to count again.
    alter("UPDATE incident_version SET is_newest = 0 WHERE number = 2");
    alter("UPDATE incident_version SET is_newest = 1 WHERE number = 1");
    EXPECT_EQ(problems().size(), 2U);
}

TEST_F(IncidentsTest, SupervisorsEditTheTreeOfTypes) {
    incident::IncidentTypes types{*m_database};
    EXPECT_EQ(types.add(m_bob, {"drones", "Drones", "asb"}).error().code, base::ErrorCode::NotPermitted);
    auto boss = m_bob;
    boss.role = access::Role::Supervisor;
    ASSERT_TRUE(types.add(boss, {"drones", "Drones", "asb"}));
    EXPECT_EQ(types.add(boss, {"drones", "Again", ""}).error().code, base::ErrorCode::AlreadyExists);
    EXPECT_EQ(types.add(boss, {"Bad Code", "Bad", ""}).error().code, base::ErrorCode::InvalidInput);
    EXPECT_EQ(types.change(boss, {"asb", "Anti-social", "drones"}).error().code, base::ErrorCode::InvalidInput)
        << "a type is no kind of what is below it";
    EXPECT_EQ(incident::fullNameOf(types.list().value(), "drones"), "Anti-social behaviour, Drones");
    ASSERT_TRUE(types.change(boss, {"drones", "Drones", "asb", true}));
    EXPECT_EQ(m_incidents->open(m_bob, said("drones"), "text").error().code, base::ErrorCode::InvalidInput);
    ASSERT_TRUE(types.move(boss, "violence", -1));
    EXPECT_EQ(types.list()->front().code, "violence");
}

}  // namespace
