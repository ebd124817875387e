#include "estate/camera_registry.h"

#include "base/file.h"
#include "estate/camera_address.h"
#include "estate/stream_measurements.h"
#include "store/audit_log.h"
#include "store/audit_witness.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

using namespace leedswatch;
using leedswatch::tests::FakeClock;
using leedswatch::tests::TemporaryFolder;

namespace {

class CameraRegistryTest : public testing::Test {
protected:
    void SetUp() override {
        auto opened = store::Database::open(m_folder.path(), m_clock);
        ASSERT_TRUE(opened) << opened.error().message;
        m_database = std::move(*opened);
        m_cameras = std::make_unique<estate::CameraRegistry>(*m_database);
    }

    estate::ImportReport import(const std::string& csv) {
        const auto report = m_cameras->importCsv(m_acting, csv);
        EXPECT_TRUE(report) << (report ? "" : report.error().message);
        return report.value_or(estate::ImportReport{});
    }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'700'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<estate::CameraRegistry> m_cameras;
    access::Acting m_acting = access::Acting::commandLine();
};

TEST_F(CameraRegistryTest, ImportTakesCredentialsOutOfTheAddressAndKeepsThemSealed) {
    EXPECT_EQ(import("number,name,main_url\n7,Station Road,rtsp://admin:p%40ss@10.0.0.7:554/main\n").added, 1);
    const auto camera = m_cameras->find(7).value();
    EXPECT_EQ(camera.mainUrl, "rtsp://10.0.0.7:554/main");
    EXPECT_EQ(camera.username, "admin");
    EXPECT_EQ(m_cameras->passwordOf(camera.id).value(), "p@ss");
}

TEST_F(CameraRegistryTest, StatusesAreKeptAndComeBack) {
    import("number,name,main_url\n7,Station Road,rtsp://10.0.0.7/main\n");
    estate::CameraStatus status;
    status.camera = m_cameras->find(7)->id;
    status.state = estate::CameraState::Frozen;
    status.cause = estate::LossCause::EncoderFrozen;
    status.message = "the picture has not changed for 4 s";
    status.since = m_clock.now();
    ASSERT_TRUE(m_cameras->setStatuses({status}));
    ASSERT_TRUE(m_cameras->setStatuses({status}));
    const auto statuses = m_cameras->statuses().value();
    ASSERT_EQ(statuses.size(), 1U);
    EXPECT_EQ(statuses.front().state, estate::CameraState::Frozen);
    EXPECT_EQ(statuses.front().cause, estate::LossCause::EncoderFrozen);
    EXPECT_EQ(statuses.front().since, status.since);
}

TEST_F(CameraRegistryTest, EverythingComesBackThroughExportAndImportButPasswords) {
    import(
        "number,name,site,main_url,sub_url,username,password,enabled,retention_days,transport,audio\r\n"
        "12,\"Briggate, \"\"North\"\"\",City "
        "centre,rtsp://10.0.0.1/main,rtsp://10.0.0.1/sub,admin,secret,yes,14,UDP,yes\r\n"
        "7,Station Road,,rtsp://10.0.0.2/main,,,,no,,,\r\n");
    const auto before = m_cameras->list().value();
    ASSERT_EQ(before.size(), 2U);
    EXPECT_EQ(before[0].number, 7);
    EXPECT_FALSE(before[0].enabled);
    EXPECT_EQ(before[1].name, "Briggate, \"North\"");
    EXPECT_EQ(before[1].retentionDays, 14);
    EXPECT_EQ(before[1].transport, estate::Transport::Udp);
    EXPECT_TRUE(before[1].audioAllowed);
    EXPECT_EQ(before[0].transport, estate::Transport::Automatic);
    EXPECT_FALSE(before[0].audioAllowed) << "sound is kept only where somebody said so";
    const auto csv = m_cameras->exportCsv(m_acting).value();
    EXPECT_EQ(csv.find("secret"), std::string::npos);
    const auto report = import(csv);
    EXPECT_EQ(report.unchanged, 2);
    EXPECT_EQ(m_cameras->list().value(), before);
    EXPECT_EQ(m_cameras->passwordOf(before[1].id).value(), "secret") << "a file without passwords must not remove them";
}

TEST_F(CameraRegistryTest, AnImportChangesWhatTheFileNamesAndKeepsTheRest) {
    import("number,name,site,main_url,retention_days\n12,Old,Centre,rtsp://u:p@10.0.0.1/main,14\n");
    const auto report = import("main_url,number,name\nrtsp://10.0.0.9/main,12,New\n");
    EXPECT_EQ(report.changed, 1);
    const auto camera = m_cameras->find(12).value();
    EXPECT_EQ(camera.name, "New");
    EXPECT_EQ(camera.mainUrl, "rtsp://10.0.0.9/main");
    EXPECT_EQ(camera.site, "Centre");
    EXPECT_EQ(camera.retentionDays, 14);
    EXPECT_EQ(camera.username, "u");
    EXPECT_EQ(m_cameras->passwordOf(camera.id).value(), "p");
}

TEST_F(CameraRegistryTest, AByteOrderMarkBlankLinesAndAMissingLastLineEndAreFine) {
    EXPECT_EQ(import("\xef\xbb\xbfNumber, Name ,MAIN_URL\r\n\r\n1, One ,rtsp://h/1\r\n\r\n2,Two,rtsp://h/2").added, 2);
    EXPECT_EQ(m_cameras->find(1)->name, "One");
}

TEST_F(CameraRegistryTest, AWrongFileIsRefusedWholeWithTheLineAndTheColumn) {
    struct Case {
        std::string csv;
        std::string message;
    };
    const std::string header = "number,name,main_url\n1,One,rtsp://h/1\n";
    const std::vector<Case> cases{
        {"", "the file is empty"},
        {"number,name\n1,One\n", "line 1: the column 'main_url' is missing"},
        {"number,name,main_url,colour\n", "line 1: there is no column 'colour'"},
        {"number,name,main_url,name\n", "line 1: the column 'name' is there twice"},
        {header + "1,Two,rtsp://h/2\n", "line 3, column number: camera 1 is on line 2 already"},
        {header + "0,Two,rtsp://h/2\n", "line 3, column number: '0' is not a whole number from 1 to 99999"},
        {header + "100000,Two,rtsp://h/2\n", "line 3, column number"},
        {header + "99999999999999999999,Two,rtsp://h/2\n", "line 3, column number"},
        {header + "2x,Two,rtsp://h/2\n", "line 3, column number"},
        {header + "2,,rtsp://h/2\n", "line 3, column name: it is empty"},
        {header + "2,Two,ftp://h/2\n", "line 3, column main_url: 'ftp://h/2' is not a camera's address"},
        {header + "2,Two,file:clip.mp4\n", "line 3, column main_url: 'file:clip.mp4' is not a camera's address"},
        {header + "2,Two,v4l2:video0\n", "line 3, column main_url"},
        {header + "2,Two,file:/\n", "line 3, column main_url"},
        {header + "2,Two,rtsp://\n", "line 3, column main_url"},
        {header + "2,Two,rtsp://u:p@/x\n", "line 3, column main_url"},
        {header + "2,Two,rtsp://h/a b\n", "line 3, column main_url"},
        {header + "2,Two\n", "line 3: it has 2 fields and the header line has 3"},
        {header + "2,\"Two,rtsp://h/2\n", "line 3: the quote that opens a field here is never closed"},
        {header + "2,\"Two\"x,rtsp://h/2\n", "line 3: there is text behind a closing quote"},
        {header + "2,Tw\"o,rtsp://h/2\n", "line 3: there is a quote inside a field"},
        {header + "2,Tw\xff,rtsp://h/2\n", "line 3: it holds bytes that are not UTF-8"},
        {header + "2,\"A\nB\",rtsp://h/2\n", "line 3, column name: it holds a line end"},
        {header + std::string("2,T\0,rtsp://h/2\n", 16), "line 3: it holds a zero byte"},
        {header + "2," + std::string(5'000, 'x') + ",rtsp://h/2\n", "line 3: a field is longer than 4,096 bytes"},
        {header + "2," + std::string(300, 'x') + ",rtsp://h/2\n", "line 3, column name: it is longer than 200 bytes"},
        {"number,name,main_url,enabled\n2,Two,rtsp://h/2,maybe\n", "line 2, column enabled: 'maybe' is not yes or no"},
        {"number,name,main_url,transport\n2,Two,rtsp://h/2,pigeon\n",
         "line 2, column transport: 'pigeon' is not automatic, tcp, udp or multicast"},
        {"number,name,main_url,transport\n2,Two,http://h/2,udp\n",
         "line 2, column transport: only an rtsp:// camera can send by udp"},
        {"number,name,main_url,transport\n2,Two,rtsps://h/2,multicast\n", "line 2, column transport"},
        {"number,name,main_url,audio\n2,Two,rtsp://h/2,perhaps\n", "line 2, column audio: 'perhaps' is not yes or no"},
        {"number,name,main_url,retention_days\n2,Two,rtsp://h/2,0\n", "line 2, column retention_days"},
        {std::string(100, ','), "line 1: there are more than 64 columns"},
    };
    for (const auto& one : cases) {
        const auto report = m_cameras->importCsv(m_acting, one.csv);
        ASSERT_FALSE(report) << one.message;
        EXPECT_EQ(report.error().code, base::ErrorCode::InvalidInput);
        EXPECT_EQ(report.error().message.rfind(one.message, 0), 0U) << report.error().message;
        EXPECT_TRUE(m_cameras->list()->empty());
    }
}

TEST_F(CameraRegistryTest, AMessageNeverShowsThePasswordOfAWrongAddress) {
    const auto report = m_cameras->importCsv(m_acting, "number,name,main_url\n2,Two,ftp://admin:hunter2@h/2\n");
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().message.find("hunter2"), std::string::npos) << report.error().message;
}

TEST_F(CameraRegistryTest, ACameraThatIsNotThereIsNamed) {
    EXPECT_EQ(m_cameras->find(4711).error().code, base::ErrorCode::NotFound);
    EXPECT_EQ(m_cameras->find(4711).error().message, "camera 4711 is not in the estate");
    EXPECT_EQ(m_cameras->find(0).error().code, base::ErrorCode::NotFound);
}

TEST_F(CameraRegistryTest, NoPasswordIsInTheStoreInTheClearAndTheKeyIsItsOwnersOnly) {
    import("number,name,main_url,username,password\n7,Road,rtsp://10.0.0.7/main,admin,hunter2hunter2\n");
    for (const char* name : {"leedswatch.db", "leedswatch.db-wal"}) {
        EXPECT_EQ(base::readWholeFile(m_folder / name)->find("hunter2"), std::string::npos);
    }
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(m_folder / "keys/cameras.key").permissions(),
              perms::owner_read | perms::owner_write);
}

TEST_F(CameraRegistryTest, APasswordWithoutItsKeyIsAClearError) {
    import("number,name,main_url\n7,Road,rtsp://a:b@10.0.0.7/main\n");
    std::filesystem::remove(m_folder / "keys/cameras.key");
    EXPECT_EQ(m_cameras->passwordOf(m_cameras->find(7)->id).error().code, base::ErrorCode::Damaged);
}

TEST_F(CameraRegistryTest, TheAuditLogVouchesForEachCamera) {
    import("number,name,main_url\n7,Road,rtsp://10.0.0.7/main\n8,Lane,rtsp://10.0.0.8/main\n");
    import("number,name,main_url\n7,Street,rtsp://10.0.0.7/main\n");
    store::AuditLog log{*m_database};
    EXPECT_TRUE(log.verify({&estate::CameraRegistry::witness()})->problems.empty());
    ASSERT_TRUE(m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "UPDATE camera SET main_url = 'rtsp://10.9.9.9/other' WHERE number = 8";
        return {};
    }));
    const auto found = log.verify({&estate::CameraRegistry::witness()}).value();
    ASSERT_EQ(found.problems.size(), 1U);
    EXPECT_EQ(found.problems.front().rfind("camera 8 ", 0), 0U) << found.problems.front();
}

TEST_F(CameraRegistryTest, TheAuditLogVouchesForTransportAndAudio) {
    import("number,name,main_url,audio\n7,Road,rtsp://10.0.0.7/main,yes\n8,Lane,rtsp://10.0.0.8/main,\n");
    import("number,name,main_url,audio\n7,Road,rtsp://10.0.0.7/main,no\n");
    store::AuditLog log{*m_database};
    const std::vector<const store::AuditWitness*> all{&estate::CameraRegistry::witness(),
                                                      &estate::CameraRegistry::connectionWitness()};
    EXPECT_EQ(log.verify(all)->problems, std::vector<std::string>{});
    ASSERT_TRUE(m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "UPDATE camera_connection SET audio = 1";
        transaction.sql() << "INSERT INTO camera_connection SELECT id, 'udp', 0 FROM camera WHERE number = 8";
        return {};
    }));
    const auto found = log.verify(all)->problems;
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].rfind("camera_connection 7 ", 0), 0U) << found[0];
    EXPECT_NE(found[1].find("vouches for camera_connection 8"), std::string::npos) << found[1];
}

TEST_F(CameraRegistryTest, EachKindOfAddressIsKnownAndKeepsItsPath) {
    import(
        "number,name,main_url\n1,Lens,v4l2:/dev/video0\n2,Loop,file:/srv/clips/old town.mp4\n"
        "3,Web,http://u:p@10.0.0.3/mjpg\n4,Safe,rtsps://10.0.0.4/main\n");
    const auto kindOf = [&](int number) { return estate::readCameraAddress(m_cameras->find(number)->mainUrl); };
    EXPECT_EQ(kindOf(1)->kind, estate::AddressKind::Device);
    EXPECT_EQ(kindOf(1)->path(), "/dev/video0");
    EXPECT_EQ(kindOf(2)->kind, estate::AddressKind::File);
    EXPECT_EQ(kindOf(2)->path(), "/srv/clips/old town.mp4");
    EXPECT_EQ(kindOf(3)->kind, estate::AddressKind::Http);
    EXPECT_EQ(m_cameras->find(3)->mainUrl, "http://10.0.0.3/mjpg");
    EXPECT_EQ(kindOf(4)->kind, estate::AddressKind::Rtsps);
}

TEST_F(CameraRegistryTest, WhatWasMeasuredComesBackAndReplacesWhatWasMeasuredBefore) {
    import("number,name,main_url\n7,Road,rtsp://10.0.0.7/main\n");
    const auto road = m_cameras->find(7)->id;
    estate::StreamMeasurements measurements{*m_database};
    estate::StreamMeasurement main;
    main.camera = road;
    main.measured = m_clock.now();
    main.codec = "hevc";
    main.width = 1920;
    main.height = 1080;
    main.bitsPerSecond = 4'000'000;
    main.milliPicturesPerSecond = 25'000;
    main.carrier = "udp";
    main.pictures = 900;
    main.lostPackets = 3;
    main.reconnections = 2;
    main.mended = {1, 2, 3, 4, 5};
    estate::StreamMeasurement sub = main;
    sub.isSub = true;
    sub.lostPackets.reset();
    const estate::ClockOffset ahead{road, base::Microseconds{350'000}, m_clock.now()};
    ASSERT_TRUE(measurements.write({main, sub}, {ahead}));
    main.pictures = 1'000;
    ASSERT_TRUE(measurements.write({main}, {}));
    EXPECT_EQ(measurements.streams().value(), (std::vector{main, sub}));
    EXPECT_EQ(measurements.clocks().value(), std::vector{ahead});
}

TEST_F(CameraRegistryTest, ACityIsImportedInOneGo) {
    std::string csv = "number,name,main_url,password,username\n";
    for (int number = 1; number <= 1'688; ++number) {
        csv += std::to_string(number) + ",Camera,rtsp://10.0.0.1/" + std::to_string(number) + ",secret,admin\n";
    }
    EXPECT_EQ(import(csv).added, 1'688);
    EXPECT_EQ(import(csv).unchanged, 1'688);
    EXPECT_EQ(m_cameras->list()->size(), 1'688U);
}

TEST_F(CameraRegistryTest, WhoMayNotManageCamerasIsRefused) {
    access::Acting viewer;
    viewer.username = "bob";
    viewer.role = access::Role::Operator;
    EXPECT_EQ(m_cameras->importCsv(viewer, "x").error().code, base::ErrorCode::NotPermitted);
    EXPECT_EQ(m_cameras->exportCsv(viewer).error().code, base::ErrorCode::NotPermitted);
}

}  // namespace
