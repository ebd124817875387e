#pragma once

#include "base/result.h"
#include "ui/common/console_context.h"
#include "ui/common/worker.h"

#include <QDialog>
#include <functional>
#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace leedswatch::ui {

class FromField;

/// Rows of fields that are added and taken away, from when on they hold, and a button that saves them on a worker. What
/// is refused is told and stays in the fields. Deletes itself when it is closed.
class EditDialog : public QDialog {
    Q_OBJECT

public:
    struct Words {
        QString title;
        QString explanation;
        QString add;  ///< on the button that adds a row
    };
    EditDialog(ConsoleContext& context, const Words& words, int mostRows, QWidget* parent);
    ~EditDialog() override;

Q_SIGNALS:
    /// It was saved, or refused; the sentence is shown.
    void answered(bool saved);

protected:
    using Save = std::function<base::Result<void>()>;

    /// What the fields say now; what it gives runs on the worker. Called on the UI thread.
    [[nodiscard]] virtual base::Result<Save> prepare(base::UtcTime holdsFrom) = 0;
    /// The fields of a new row, in their order; they become the dialog's.
    [[nodiscard]] virtual std::vector<QWidget*> makeRow(int number) = 0;
    /// What is known now: read on the worker by `read`, shown by what that gives.
    template <typename Read, typename Show>
    void load(Read read, Show show) {
        m_worker.run(std::move(read), [this, show = std::move(show)](const auto& result) {
            if (result) {
                show(*result);
            } else {
                tell(result.error());
            }
        });
    }

    [[nodiscard]] ConsoleContext& context() const { return m_context; }
    /// Above the rows.
    [[nodiscard]] QVBoxLayout& top() const { return *m_top; }
    void setHistory(const QString& text);
    void clearRows();
    std::vector<QWidget*> addRow();
    [[nodiscard]] int rowCount() const { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] QWidget* field(int row, int column) const;
    void tell(const base::Error& error);

private:
    void removeRow(QWidget* first);
    void save();
    void take(const base::Result<void>& saved);
    void showRowButtons();
    void fit();

    struct Row {
        QWidget* box;
        std::vector<QWidget*> fields;
        QPushButton* remove;
    };

    ConsoleContext& m_context;
    const int m_mostRows;
    QVBoxLayout* m_top;
    QVBoxLayout* m_middle;
    std::vector<Row> m_rows;
    QPushButton* m_add;
    FromField* m_from;
    QLabel* m_history;
    QLabel* m_answer;
    QPushButton* m_save;
    int m_made = 0;  ///< rows ever: each has names of its own
    Worker m_worker;
};

}  // namespace leedswatch::ui
