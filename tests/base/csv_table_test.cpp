#include "base/csv_table.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using base::CsvTable;

const std::vector<std::string_view> known{"name", "number", "on", "latitude"};

CsvTable read(std::string_view csv) {
    return CsvTable::read(csv, known, {"name"}).value();
}

std::string refusalOf(std::string_view csv) {
    const auto table = CsvTable::read(csv, known, {"name"});
    return table ? "" : table.error().message;
}

TEST(CsvTable, IsReadByTheNamesOfItsColumnsInAnyOrder) {
    const CsvTable table = read("Number, NAME\n7,  Ada \n8,Ben\n");
    ASSERT_EQ(table.size(), 2U);
    EXPECT_EQ(table.row(0).raw("name"), "Ada");
    EXPECT_EQ(table.row(1).integer("number", 1, 9).value(), 8);
    EXPECT_EQ(table.row(1).line(), 3);
    EXPECT_TRUE(table.row(0).has("number"));
    EXPECT_FALSE(table.row(0).has("on"));
    EXPECT_EQ(table.row(0).raw("on"), "");
}

TEST(CsvTable, NamesTheLineOfItsFault) {
    EXPECT_EQ(refusalOf(""), "the file is empty: its first line must name the columns");
    EXPECT_EQ(refusalOf("name,colour\n"),
              "line 1: there is no column 'colour'; the columns are name, number, on, latitude");
    EXPECT_EQ(refusalOf("name,name\n"), "line 1: the column 'name' is there twice");
    EXPECT_EQ(refusalOf("number\n7\n"), "line 1: the column 'name' is missing: add it to the header line");
    EXPECT_EQ(refusalOf("name,number\nAda,7\nBen\n"), "line 3: it has 1 fields and the header line has 2");
}

TEST(CsvRow, NamesTheColumnOfItsFaultToo) {
    const CsvTable table = read("name,number,on,latitude\n\"a\nb\",x,perhaps,91\n");
    const base::CsvRow row = table.row(0);
    EXPECT_EQ(row.text("name").error().message,
              "line 2, column name: it holds a line end or a control character: remove it");
    EXPECT_EQ(row.integer("number", 1, 9).error().message,
              "line 2, column number: 'x' is not a whole number from 1 to 9");
    EXPECT_EQ(row.yesNo("on").error().message, "line 2, column on: 'perhaps' is not yes or no");
    EXPECT_EQ(row.microdegrees("latitude", 90).error().message,
              "line 2, column latitude: '91' is not a number of degrees from -90 to 90");
}

TEST(CsvRow, ReadsDegreesInMillionths) {
    const auto millionths = [](const std::string& typed) {
        return read("name,latitude\na," + typed + "\n").row(0).microdegrees("latitude", 90).value();
    };
    EXPECT_EQ(millionths("53.797419"), 53'797'419);
    EXPECT_EQ(millionths("-1.5437945"), -1'543'795);
    EXPECT_EQ(millionths("90"), 90'000'000);
    EXPECT_EQ(millionths(""), std::nullopt);
    for (const char* typed : {"nan", "inf", "1e3", "53,8", "53.8N"}) {
        const CsvTable table = read(std::string{"name,latitude\na,\""} + typed + "\"\n");
        EXPECT_FALSE(table.row(0).microdegrees("latitude", 90)) << typed;
    }
}

TEST(CsvRow, TellsNoFromNothing) {
    const CsvTable table = read("name,on\na,No\nb,\nc,TRUE\n");
    EXPECT_EQ(table.row(0).yesNo("on").value(), false);
    EXPECT_EQ(table.row(1).yesNo("on").value(), std::nullopt);
    EXPECT_EQ(table.row(2).yesNo("on").value(), true);
}

}  // namespace
}  // namespace leedswatch::tests
