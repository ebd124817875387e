#include "evidence/archive_seal.h"

#include "estate/camera_registry.h"
#include "footage/archive_fixture.h"
#include "store/audit_log.h"
#include "store/sqlite_connection.h"

#include <gmock/gmock.h>

using namespace leedswatch;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

namespace {

class ArchiveSealTest : public tests::ArchiveTest {
protected:
    store::AuditVerification verify() {
        return store::AuditLog{*database}
            .verify({&estate::CameraRegistry::witness(), &evidence::segmentWitness()})
            .value();
    }
    void execute(const std::string& statement) {
        const auto sql = store::openConnection(database->file(), store::Access::ReadWrite).value();
        store::executeScript(*sql, statement.c_str());
    }
};

TEST_F(ArchiveSealTest, FinishedFilesWaitUntilTheyAreSealedAndOnlyOnce) {
    archive.add(start, 25);
    archive.addNext(25);
    EXPECT_EQ(verify().waitingRows, 2);
    EXPECT_EQ(evidence::sealArchive(*database), 2);
    EXPECT_EQ(evidence::sealArchive(*database), 0);
    EXPECT_EQ(verify().waitingRows, 0);
    EXPECT_THAT(verify().problems, IsEmpty());
}

TEST_F(ArchiveSealTest, AFileThatIsBeingRecordedIsNotVouchedFor) {
    archive.addGrowing(start, 25);
    EXPECT_EQ(evidence::sealArchive(*database), 0);
}

TEST_F(ArchiveSealTest, ARowThatWasChangedBehindItsBackIsNamedByItsFile) {
    const auto changed = archive.add(start, 25);
    archive.addNext(25);
    ASSERT_TRUE(evidence::sealArchive(*database));
    execute("UPDATE segment SET frames = frames + 1 WHERE file = '" + changed.file.string() + "'");
    EXPECT_THAT(verify().problems, ElementsAre(HasSubstr(changed.file.string() + " (row 1) is not what")));
}

TEST_F(ArchiveSealTest, ARowThatWasTakenAwayIsMissed) {
    archive.add(start, 25);
    archive.addNext(25);
    ASSERT_TRUE(evidence::sealArchive(*database));
    execute("DELETE FROM segment WHERE id = 1; DELETE FROM segment_digest WHERE id = 1");
    EXPECT_THAT(verify().problems, ElementsAre(HasSubstr("among archive_segment rows 1 to 2 something was changed")));
}

}  // namespace
